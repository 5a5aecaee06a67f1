import { records, textOf } from '../machine/field';
import type { Machine } from '../machine/machine';
import { runForJson } from '../machine/read';

/** The hardware address the kernel knows for an address on an interface's link, in lower case; undefined when it knows none. */
export async function findNeighbour(machine: Machine, nic: string, address: string): Promise<string | undefined> {
  const entries = records(await runForJson(machine, 'ip', ['-j', 'neighbour', 'show', 'to', address, 'dev', nic]));
  return entries.map((entry) => textOf(entry, 'lladdr').toLowerCase()).find((mac) => mac !== '');
}
