import type { Inventory } from '../../domain/host/inventory';
import { textOf, records } from '../machine/field';
import type { Machine } from '../machine/machine';
import { readText, runForJson } from '../machine/read';

type Route = NonNullable<Inventory['routes']>[number];

/** Address families as the kernel numbers them. */
const families = [{ option: '-4', family: 2, any: '0.0.0.0' }, { option: '-6', family: 10, any: '::' }] as const;

/** The routes of the main table: destinations without their prefix length; gateways empty for what is on the link. */
export async function readRoutes(machine: Machine): Promise<Route[]> {
  const printed = await Promise.all(families.map(({ option }) => runForJson(machine, 'ip', ['-j', option, 'route', 'show'])));
  if (printed.every((routes) => routes === undefined)) return readKernelRoutes(machine);
  return families.flatMap(({ family, any }, index) =>
    records(printed[index]).map((route): Route => ({
      interface: textOf(route, 'dev'),
      gateway: textOf(route, 'gateway'),
      destination: textOf(route, 'dst') === 'default' ? any : (textOf(route, 'dst').split('/')[0] ?? ''),
      family,
    })),
  );
}

/** The IPv4 table as the kernel prints it: numbers in hexadecimal, in the order of the machine's memory. */
async function readKernelRoutes(machine: Machine): Promise<Route[]> {
  const [, ...lines] = (await readText(machine, '/proc/net/route')).split('\n');
  return lines.flatMap((line) => {
    const [dev = '', destination = '', gateway = ''] = line.trim().split(/\s+/);
    if (!/^[0-9A-F]{8}$/.test(destination)) return [];
    return [{ interface: dev, gateway: gateway === '00000000' ? '' : fromHex(gateway), destination: fromHex(destination), family: 2 }];
  });
}

function fromHex(text: string): string {
  return [6, 4, 2, 0].map((at) => Number.parseInt(text.slice(at, at + 2), 16)).join('.');
}
