import type { Inventory } from '../../domain/host/inventory';
import type { Machine } from '../machine/machine';
import { listFolder, readText } from '../machine/read';

const devices = '/sys/bus/pci/devices';
const nameLists = ['/usr/share/hwdata/pci.ids', '/usr/share/misc/pci.ids'];
/** PCI classes 03xx are display controllers, 0b40 co-processors, 1200 processing accelerators. */
const gpuClass = /^0x(03|0b40|1200)/;

type Gpu = NonNullable<Inventory['gpus']>[number];

/** Graphics cards and accelerators; names as far as the machine has a list of PCI ids. */
export async function readGpus(machine: Machine): Promise<Gpu[]> {
  const addresses = await listFolder(machine, devices);
  const classes = await Promise.all(addresses.map((address) => readText(machine, `${devices}/${address}/class`)));
  const found = addresses.filter((_, index) => gpuClass.test(classes[index] ?? ''));
  if (found.length === 0) return [];
  const list = (await Promise.all(nameLists.map((path) => readText(machine, path)))).find((text) => text !== '') ?? '';
  return Promise.all(found.map((address) => readGpu(machine, address, list)));
}

async function readGpu(machine: Machine, address: string, list: string): Promise<Gpu> {
  const id = async (name: string): Promise<string> => (await readText(machine, `${devices}/${address}/${name}`)).replace(/^0x/, '');
  const [vendorId, deviceId] = await Promise.all([id('vendor'), id('device')]);
  const names = findNames(list, vendorId, deviceId);
  return { vendor: names.vendor, vendor_id: vendorId, device_id: deviceId, name: names.device, address };
}

/** In the list vendors begin a line with their id, and their devices follow, indented by a tab. */
function findNames(list: string, vendorId: string, deviceId: string): { vendor: string; device: string } {
  const start = list.search(new RegExp(`^${vendorId}  `, 'm'));
  if (vendorId === '' || start < 0) return { vendor: '', device: '' };
  const [first = '', ...rest] = list.slice(start).split('\n', 20_000);
  const end = rest.findIndex((line) => line !== '' && !line.startsWith('\t') && !line.startsWith('#'));
  const own = end < 0 ? rest : rest.slice(0, end);
  const device = own.find((line) => line.startsWith(`\t${deviceId}  `));
  return { vendor: first.slice(vendorId.length).trim(), device: device?.slice(deviceId.length + 1).trim() ?? '' };
}
