import type { Inventory } from '../../domain/host/inventory';
import type { Machine } from '../machine/machine';
import { readText } from '../machine/read';
import { readBmc } from './bmc';
import { readBoot } from './boot';
import { readCpu } from './cpu';
import { readDisks } from './disks';
import { readGpus } from './gpus';
import { readInterfaces } from './interfaces';
import { readMemory } from './memory';
import { readRoutes } from './routes';
import { readSystemVendor } from './system-vendor';

/** What this machine is: the contract's inventory, complete. What can't be read is empty, never missing. */
export async function readInventory(machine: Machine): Promise<Inventory> {
  const [cpu, memory, interfaces, disks, gpus, routes, bmc, hostname] = await Promise.all([
    readCpu(machine), readMemory(machine), readInterfaces(machine), readDisks(machine), readGpus(machine), readRoutes(machine), readBmc(machine),
    readText(machine, '/proc/sys/kernel/hostname'),
  ]);
  return {
    hostname: hostname || machine.hostname(),
    ...bmc,
    timestamp: Math.floor(machine.now().getTime() / 1000),
    boot: await readBoot(machine, interfaces),
    system_vendor: await readSystemVendor(machine, cpu.flags ?? []),
    memory,
    cpu,
    gpus,
    routes,
    interfaces,
    disks,
  };
}
