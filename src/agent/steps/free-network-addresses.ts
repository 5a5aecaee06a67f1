import type { InventoryInterface } from '../../domain/host/inventory';
import { addressOf, networkOf, parseCidr, spellAddress } from '../../domain/network/address';
import { readInterfaces } from '../inventory/interfaces';
import { scanNetwork } from '../network/scan-network';
import { findJson } from '../protocol/find-json';
import { succeed } from '../protocol/step-answer';
import type { FreeNetworkAddresses } from '../protocol/step-payloads';
import type { RunStep, StepContext } from './step-context';

/** Of a larger network only the part of this size around the machine's own address is looked at: 1022 addresses. */
const largestPart = 22;

const isRequest = (value: unknown): value is string[] => Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string' && parseCidr(item)?.family === 4);

/** Tells which addresses of the machine's IPv4 networks nobody uses. */
export const freeNetworkAddresses: RunStep = async (args, context) => {
  const networks = findJson(args, isRequest);
  const nics = await readInterfaces(context.machine);
  const found: FreeNetworkAddresses[] = [];
  for (const network of networks) found.push(await scan(network, nics, context));
  return succeed(found);
};

async function scan(network: string, nics: readonly InventoryInterface[], { machine, signal }: StepContext): Promise<FreeNetworkAddresses> {
  const own = nics.flatMap((nic) => (nic.ipv4_addresses ?? []).map((cidr) => ({ nic: nic.name ?? '', cidr }))).find(({ cidr }) => networkOf(cidr) === networkOf(network));
  if (own === undefined) throw new Error(`no interface of this machine is in the network ${network}`);
  const part = partAround(own.cidr);
  const used = await scanNetwork(machine, own.nic, part.network, part.addresses, signal);
  const ownAddress = addressOf(own.cidr);
  return { network, free_addresses: part.addresses.filter((address) => address !== ownAddress && !used.has(address)) };
}

/** The part of the address's network that is looked at; the network's own address and that for all in it are nobody's. */
function partAround(cidr: string): { network: string; addresses: string[] } {
  const whole = parseCidr(cidr);
  const part = parseCidr(`${addressOf(cidr) ?? ''}/${Math.max(whole?.prefix ?? 32, largestPart)}`);
  if (whole === undefined || part === undefined) throw new Error(`${cidr} is no address of an interface`);
  const first = Number(part.base);
  const wholeFirst = Number(whole.base);
  const wholeLast = wholeFirst + 2 ** (32 - whole.prefix) - 1;
  const numbers = Array.from({ length: 2 ** (32 - part.prefix) }, (_, index) => first + index);
  const usable = whole.prefix >= 31 ? numbers : numbers.filter((number) => number !== wholeFirst && number !== wholeLast);
  return { network: part.network, addresses: usable.map((number) => spellAddress(4, BigInt(number))) };
}
