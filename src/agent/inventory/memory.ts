import type { Inventory } from '../../domain/host/inventory';
import type { Machine } from '../machine/machine';
import { listFolder, readText } from '../machine/read';

const blocks = '/sys/devices/system/memory';

/** What is plugged in, and what of it the system can use. The kernel keeps some of the former for itself. */
export async function readMemory(machine: Machine): Promise<NonNullable<Inventory['memory']>> {
  const totalKib = /^MemTotal:\s*(\d+) kB/m.exec(await readText(machine, '/proc/meminfo'))?.[1];
  const usable = Number(totalKib ?? 0) * 1024;
  return { physical_bytes: Math.max(await readPluggedBytes(machine), usable), usable_bytes: usable };
}

/** Sum of the blocks of memory that are in use; 0 on machines whose memory can't be plugged. */
async function readPluggedBytes(machine: Machine): Promise<number> {
  const size = Number.parseInt(await readText(machine, `${blocks}/block_size_bytes`), 16);
  if (!Number.isFinite(size)) return 0;
  const names = (await listFolder(machine, blocks)).filter((name) => /^memory\d+$/.test(name));
  const states = await Promise.all(names.map((name) => readText(machine, `${blocks}/${name}/online`)));
  return states.filter((state) => state === '1').length * size;
}
