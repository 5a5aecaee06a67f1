/** Where a request goes. */
export interface Destination {
  /** In lower case; an IPv6 address without its brackets. */
  host: string;
  port: number;
}

/** Where a URL leads to. */
export function destinationOf({ hostname, port, protocol }: URL): Destination {
  return { host: hostname.toLowerCase().replace(/^\[(.*)\]$/, '$1'), port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) };
}
