import { flagOf, numberOf, records, textOf } from '../machine/field';
import type { Machine } from '../machine/machine';
import { listFolder, readInteger, readLink, readText, runForJson } from '../machine/read';
import type { BlockDevice } from './block-device';

const columns = 'NAME,KNAME,TYPE,SIZE,ROTA,RM,RO,TRAN,VENDOR,MODEL,SERIAL,WWN,HCTL';
/** Devices in memory, over files or over the network block protocol, and floppy drives. */
const notHardware = /^(loop|ram|zram|nbd|fd|dm-|md)/;

/** The disks and optical drives of a machine with a medium in them, from lsblk or else from the kernel. */
export async function listBlockDevices(machine: Machine): Promise<BlockDevice[]> {
  const printed = await runForJson(machine, 'lsblk', ['-J', '-b', '-o', columns]);
  const devices = printed === undefined ? await fromKernel(machine) : fromLsblk(printed);
  return devices.filter(({ name, sizeBytes }) => !notHardware.test(name) && sizeBytes > 0).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function fromLsblk(printed: unknown): BlockDevice[] {
  const roots = records((printed as { blockdevices?: unknown } | null)?.blockdevices);
  return roots.flatMap((device): BlockDevice[] => {
    const kind = textOf(device, 'type');
    if (kind !== 'disk' && kind !== 'rom') return [];
    const below = descendants(device);
    return [{
      name: nameOf(device),
      kind,
      sizeBytes: numberOf(device, 'size'),
      rotational: flagOf(device, 'rota'),
      removable: flagOf(device, 'rm'),
      readOnly: flagOf(device, 'ro'),
      transport: textOf(device, 'tran'),
      vendor: textOf(device, 'vendor'),
      model: textOf(device, 'model'),
      serial: textOf(device, 'serial'),
      wwn: textOf(device, 'wwn'),
      hctl: textOf(device, 'hctl'),
      members: [device, ...below].flatMap((member) => [...new Set([nameOf(member), textOf(member, 'name')])]),
      memberKinds: [...new Set(below.map((member) => textOf(member, 'type')))],
    }];
  });
}

const nameOf = (device: Record<string, unknown>): string => textOf(device, 'kname') || textOf(device, 'name');

function descendants(device: Record<string, unknown>): Record<string, unknown>[] {
  return records(device['children']).flatMap((child) => [child, ...descendants(child)]);
}

async function fromKernel(machine: Machine): Promise<BlockDevice[]> {
  const names = await listFolder(machine, '/sys/block');
  return Promise.all(names.map((name) => readKernelDevice(machine, name)));
}

async function readKernelDevice(machine: Machine, name: string): Promise<BlockDevice> {
  const base = `/sys/block/${name}`;
  const text = (path: string): Promise<string> => readText(machine, `${base}/${path}`);
  const flag = async (path: string): Promise<boolean> => (await text(path)) === '1';
  const firstOf = async (...paths: string[]): Promise<string> => (await Promise.all(paths.map(text))).find((value) => value !== '') ?? '';
  const [sectors, rotational, removable, readOnly, vendor, model, serial, wwn, deviceLink, entries, holders] = await Promise.all([
    readInteger(machine, `${base}/size`), flag('queue/rotational'), flag('removable'), flag('ro'), text('device/vendor'), text('device/model'),
    firstOf('serial', 'device/serial'), firstOf('wwid', 'device/wwid'), readLink(machine, `${base}/device`), listFolder(machine, base), listFolder(machine, `${base}/holders`),
  ]);
  const partitions = entries.filter((entry) => entry.startsWith(name));
  const hctl = deviceLink.split('/').at(-1) ?? '';
  return {
    name,
    kind: /^sr\d/.test(name) ? 'rom' : 'disk',
    sizeBytes: (sectors ?? 0) * 512,
    rotational, removable, readOnly,
    transport: name.startsWith('nvme') ? 'nvme' : '',
    vendor, model, serial,
    wwn: wwn.replace(/^naa\./, '0x'),
    hctl: /^\d+:\d+:\d+:\d+$/.test(hctl) ? hctl : '',
    members: [name, ...partitions, ...holders],
    memberKinds: [...(partitions.length > 0 ? ['part'] : []), ...(holders.length > 0 ? ['holder'] : [])],
  };
}
