/** An IPv4 address as a number. */
export function toNumber(address: string): number {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) throw new Error(`not an IPv4 address: ${address}`);
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

export function toAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

/** First address and number of addresses of an IPv4 network in CIDR notation. */
export function parseCidr(cidr: string): { first: number; size: number; prefix: number } {
  const [address = '', prefixText = ''] = cidr.split('/');
  const prefix = Number(prefixText);
  if (prefixText === '' || !Number.isInteger(prefix) || prefix < 0 || prefix > 32) throw new Error(`not an IPv4 network: ${cidr}`);
  const size = 2 ** (32 - prefix);
  const value = toNumber(address);
  return { first: value - (value % size), size, prefix };
}

/** The address at a position of a network; position 0 is the network's own address. */
export function addressAt(cidr: string, position: number): string {
  const { first, size } = parseCidr(cidr);
  if (position < 0 || position >= size) throw new Error(`${cidr} has no address ${position}`);
  return toAddress(first + position);
}
