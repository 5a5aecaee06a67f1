/** Tells the short address of an image beside the one that the contract names (RFC 8288); nothing where there is no image. */
export function imageLinkHeader(address: string): Record<string, string> {
  return address === '' ? {} : { Link: `<${address}>; rel="alternate"; type="application/x-iso9660-image"` };
}
