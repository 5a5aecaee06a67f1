import { networkContains, parseAddress, parseCidr, type Address } from '../../../domain/network/address';
import type { Destination } from './destination';

type Matcher = (destination: Destination, address: Address | undefined) => boolean;

const isLoopback = ({ family, value }: Address): boolean => (family === 4 ? value >> 24n === 127n : value === 1n);

/** `host:port`, `[address]:port`, or either of them without a port. */
function splitPort(entry: string): { host: string; port: number | undefined } {
  if (parseAddress(entry)) return { host: entry, port: undefined };
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(entry) ?? [];
  return { host: bracketed ?? plain ?? '', port: port === undefined ? undefined : Number(port) };
}

function createMatcher(entry: string): Matcher {
  if (entry === '*') return () => true;
  const cidr = parseCidr(entry);
  if (cidr) return (_destination, address) => address !== undefined && networkContains(cidr, address);
  const { host, port } = splitPort(entry);
  if (host === '') return () => false;
  const own = parseAddress(host);
  const isPort = (asked: number): boolean => port === undefined || port === asked;
  if (own) return (destination, address) => address?.text === own.text && isPort(destination.port);
  // example.com is the name and all below it; .example.com and *.example.com are only what is below.
  const domain = host.replace(/^\*(?=\.)/, '');
  const below = domain.startsWith('.') ? domain : `.${domain}`;
  return (destination) => (destination.host.endsWith(below) || destination.host === domain) && isPort(destination.port);
}

/**
 * Reads a NO_PROXY list: names, addresses and networks (CIDR) between commas, each name or address with a port if only that one is
 * meant; `*` is everything. Loopback addresses and `localhost` never go through a proxy. These are the rules of Go programs, by which
 * agents in the field and OpenShift read it.
 */
export function parseBypassList(list: string): (destination: Destination) => boolean {
  const matchers = list.split(',').map((entry) => entry.trim().toLowerCase()).filter((entry) => entry !== '').map(createMatcher);
  return (destination) => {
    const address = parseAddress(destination.host);
    if (destination.host === 'localhost' || (address && isLoopback(address))) return true;
    return matchers.some((matches) => matches(destination, address));
  };
}
