const prefix = 'data:,';

/** Content of a text file as a data URL (RFC 2397), percent-encoded. */
export function toDataUrl(content: string): string {
  return prefix + encodeURIComponent(content);
}

/** Text of a URL made by toDataUrl; undefined for any other. */
export function findDataUrlText(url: string): string | undefined {
  return url.startsWith(prefix) ? decodeURIComponent(url.slice(prefix.length)) : undefined;
}
