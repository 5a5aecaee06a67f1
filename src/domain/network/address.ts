import ipaddr from 'ipaddr.js';

export type AddressFamily = 4 | 6;

/** One IP address; `value` is the address as an unsigned number, `text` its canonical spelling. */
export interface Address {
  family: AddressFamily;
  value: bigint;
  text: string;
}

/** A network, or an interface address with its prefix: `address` is what was written, `base` the network address below it. */
export interface Cidr {
  family: AddressFamily;
  prefix: number;
  address: bigint;
  base: bigint;
  /** Canonical spelling of the network, e.g. `192.168.1.0/24` for `192.168.1.7/24`. */
  network: string;
}

/** Number of bits of an address of the family. */
export function familyBits(family: AddressFamily): 32 | 128 {
  return family === 4 ? 32 : 128;
}

/** The address written in `text`, undefined when it is none. IPv4 only in four decimal parts, no zone ids. */
export function parseAddress(text: string): Address | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return toAddress(ipaddr.IPv4.parse(text));
  if (text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined;
  return toAddress(ipaddr.IPv6.parse(text));
}

/** The network or interface address written in `text` as `<address>/<prefix>`, undefined when it is none. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const address = parseAddress(text.slice(0, slash));
  const prefixText = text.slice(slash + 1);
  if (address === undefined || !/^\d{1,3}$/.test(prefixText)) return undefined;
  const prefix = Number(prefixText);
  const bits = familyBits(address.family);
  if (prefix > bits) return undefined;
  const hostBits = BigInt(bits - prefix);
  const base = (address.value >> hostBits) << hostBits;
  return { family: address.family, prefix, address: address.value, base, network: `${spellAddress(address.family, base)}/${prefix}` };
}

/** Canonical spelling of an address, undefined when `text` is none. */
export function normaliseAddress(text: string): string | undefined {
  return parseAddress(text)?.text;
}

/** Canonical network of a network or interface address (`10.0.0.7/24` → `10.0.0.0/24`), undefined when `text` is none. */
export function networkOf(text: string): string | undefined {
  return parseCidr(text)?.network;
}

/** The address of `<address>/<prefix>` without its prefix, in canonical spelling. */
export function addressOf(interfaceAddress: string): string | undefined {
  const cidr = parseCidr(interfaceAddress);
  return cidr && spellAddress(cidr.family, cidr.address);
}

/** Family of an address or CIDR, undefined when `text` is neither. */
export function familyOf(text: string): AddressFamily | undefined {
  return (parseCidr(text) ?? parseAddress(text))?.family;
}

/** True when the address lies in the network; false as well when one of the two can't be read. */
export function cidrContains(cidr: string, address: string): boolean {
  const network = parseCidr(cidr);
  const parsed = parseAddress(address);
  return network !== undefined && parsed !== undefined && networkContains(network, parsed);
}

/** True when the address lies in the network. */
export function networkContains(network: Cidr, address: Address): boolean {
  if (network.family !== address.family) return false;
  const hostBits = BigInt(familyBits(network.family) - network.prefix);
  return address.value >> hostBits === network.base >> hostBits;
}

/** True when one of the networks contains the base address of the other; false when one can't be read. */
export function cidrsOverlap(a: string, b: string): boolean {
  const first = parseCidr(a);
  const second = parseCidr(b);
  if (first === undefined || second === undefined || first.family !== second.family) return false;
  const hostBits = BigInt(familyBits(first.family) - Math.min(first.prefix, second.prefix));
  return first.base >> hostBits === second.base >> hostBits;
}

/** True when the CIDR names the network itself and not an address inside. */
export function isNetworkAddress(cidr: string): boolean {
  const parsed = parseCidr(cidr);
  return parsed !== undefined && parsed.address === parsed.base;
}

/** Order of two addresses: IPv4 first, then by value; unreadable ones last, by spelling. */
export function compareAddresses(a: string, b: string): number {
  const first = parseAddress(a);
  const second = parseAddress(b);
  if (first === undefined || second === undefined) {
    if (first !== undefined) return -1;
    if (second !== undefined) return 1;
    return a < b ? -1 : a > b ? 1 : 0;
  }
  if (first.family !== second.family) return first.family - second.family;
  return first.value < second.value ? -1 : first.value > second.value ? 1 : 0;
}

function toAddress(parsed: ipaddr.IPv4 | ipaddr.IPv6): Address {
  const family = parsed.kind() === 'ipv4' ? 4 : 6;
  let value = 0n;
  for (const byte of parsed.toByteArray()) value = (value << 8n) | BigInt(byte);
  return { family, value, text: canonicalText(parsed) };
}

/** Canonical spelling of the address that is this unsigned number. */
export function spellAddress(family: AddressFamily, value: bigint): string {
  const bytes: number[] = [];
  for (let shift = familyBits(family) - 8; shift >= 0; shift -= 8) bytes.push(Number((value >> BigInt(shift)) & 0xffn));
  return canonicalText(ipaddr.fromByteArray(bytes));
}

function canonicalText(parsed: ipaddr.IPv4 | ipaddr.IPv6): string {
  return parsed instanceof ipaddr.IPv6 ? parsed.toRFC5952String() : parsed.toString();
}
