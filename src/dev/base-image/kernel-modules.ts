import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Drivers of the network cards, disks and optical drives that virtual and plain machines have; what the kernel has built in is not there. */
const wanted = ['virtio_pci', 'virtio_net', 'virtio_blk', 'virtio_scsi', 'e1000', 'e1000e', 'ahci', 'ata_piix', 'nvme', 'sd_mod', 'sr_mod'];

export interface KernelModule {
  name: string;
  content: Buffer;
}

/** The modules a live system loads, each behind those it depends on. */
export async function readKernelModules(dir: string): Promise<KernelModule[]> {
  const files = new Map((await readdir(dir, { recursive: true })).filter((path) => path.endsWith('.ko')).map((path) => [toModuleName(path), path]));
  const loaded = new Map<string, KernelModule>();
  const load = async (name: string): Promise<void> => {
    const path = files.get(name);
    if (path === undefined || loaded.has(name)) return;
    const content = await readFile(join(dir, path));
    for (const dependency of readDependencies(content)) await load(dependency);
    loaded.set(name, { name: `${name}.ko`, content });
  };
  for (const name of wanted) await load(name);
  return [...loaded.values()];
}

/** Names of the modules that a module says it needs, as its section `.modinfo` has them. */
export function readDependencies(content: Buffer): string[] {
  const text = content.toString('latin1');
  const list = /\0depends=([\w,-]*)\0/.exec(text)?.[1] ?? '';
  return list.split(',').filter((name) => name !== '').map(toModuleName);
}

/** Files and dependencies do not agree on hyphens. */
const toModuleName = (path: string): string => basename(path, '.ko').replaceAll('-', '_');
