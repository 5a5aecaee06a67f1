import type { Machine } from '../machine/machine';
import { listFolder, readLink } from '../machine/read';

/** Stable names of a disk; empty when the machine gives it none. */
export interface DiskLinks {
  byId: string;
  byPath: string;
}

/** Names that come from the disk's own world-wide name are best, those made of model and serial next. */
const preference = [/^wwn-/, /^nvme-eui\./, /^nvme-/, /^ata-/, /^scsi-/, /^virtio-/];

/** The names under /dev/disk of whole disks, by the disk's name. */
export async function readDiskLinks(machine: Machine): Promise<(name: string) => DiskLinks> {
  const [byId, byPath] = await Promise.all([readFolder(machine, '/dev/disk/by-id'), readFolder(machine, '/dev/disk/by-path')]);
  return (name) => ({ byId: bestOf(byId.get(name) ?? []), byPath: (byPath.get(name) ?? [])[0] ?? '' });
}

async function readFolder(machine: Machine, folder: string): Promise<Map<string, string[]>> {
  const names = await listFolder(machine, folder);
  const targets = await Promise.all(names.map((name) => readLink(machine, `${folder}/${name}`)));
  const links = new Map<string, string[]>();
  names.forEach((name, index) => {
    const target = targets[index]?.split('/').at(-1) ?? '';
    links.set(target, [...(links.get(target) ?? []), `${folder}/${name}`]);
  });
  return links;
}

function bestOf(paths: readonly string[]): string {
  const nameOf = (path: string): string => path.split('/').at(-1) ?? '';
  for (const pattern of preference) {
    const found = paths.find((path) => pattern.test(nameOf(path)));
    if (found !== undefined) return found;
  }
  return paths[0] ?? '';
}
