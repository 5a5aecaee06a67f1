import { networkInterfaces } from 'node:os';
import { familyOf, parseCidr } from '../../domain/network/address';
import { numberOf, records, textOf } from '../machine/field';
import type { Machine } from '../machine/machine';
import { runForJson } from '../machine/read';

const linkLocal = parseCidr('fe80::/10')?.base ?? 0n;

/** The addresses of each interface in CIDR notation, as `ip` or else Node tells them; without those that hold on one link only. */
export async function readAddresses(machine: Machine): Promise<Map<string, string[]>> {
  const printed = await runForJson(machine, 'ip', ['-j', 'address', 'show']);
  const pairs = printed === undefined ? fromNode(machine) : fromIp(printed);
  const addresses = new Map<string, string[]>();
  for (const [name, cidr] of pairs) {
    if (isUsable(cidr)) addresses.set(name, [...(addresses.get(name) ?? []), cidr]);
  }
  return addresses;
}

function fromIp(printed: unknown): [string, string][] {
  return records(printed).flatMap((link) =>
    records(link['addr_info']).map((info): [string, string] => [textOf(link, 'ifname'), `${textOf(info, 'local')}/${numberOf(info, 'prefixlen')}`]),
  );
}

/** Node tells of the running system, whatever the root. */
function fromNode({ root }: Machine): [string, string][] {
  if (root !== '') return [];
  return Object.entries(networkInterfaces()).flatMap(([name, list = []]) => list.flatMap(({ cidr }): [string, string][] => (cidr === null ? [] : [[name, cidr]])));
}

function isUsable(cidr: string): boolean {
  const parsed = parseCidr(cidr);
  if (parsed === undefined) return false;
  return familyOf(cidr) === 4 || (parsed.address >> 118n) << 118n !== linkLocal;
}
