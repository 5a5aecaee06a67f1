import { copyFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnPart, type RunningPart } from '../../src/dev/process/spawn-part';
import type { Emulator } from './emulator';
import { gatewayArguments, machineArguments } from './machine-arguments';
import { machineSize, type MachinePlan } from './machine-plan';
import { startNetworkSwitch } from './network-switch';
import { readSerialLog, type SerialLog } from './serial-log';

export interface VirtualMachine extends MachinePlan {
  serialLog: string;
  readSerial: () => SerialLog;
}

export interface VirtualMachines {
  machines: VirtualMachine[];
  /** Resolves with the first emulator that ends by itself, and why. */
  failed: Promise<string>;
  /** Switches all machines off. */
  stop: () => Promise<void>;
}

export interface VirtualMachineOptions {
  emulator: Emulator;
  plans: readonly MachinePlan[];
  iso: string;
  /** For disks and sockets; large. */
  workDir: string;
  /** For the serial logs and those of the emulator. */
  artefacts: string;
}

/** Switches machines on, with empty disks and the image in their drives; several share a network. */
export async function startMachines({ emulator, plans, iso, workDir, artefacts }: VirtualMachineOptions): Promise<VirtualMachines> {
  const parts: RunningPart[] = [];
  const networkSocket = plans.length === 1 ? undefined : join(workDir, 'network');
  const network = networkSocket === undefined ? undefined : await startNetworkSwitch(networkSocket);
  const stop = async (): Promise<void> => {
    await Promise.all(parts.map((part) => part.stop()));
    await network?.close();
  };
  const start = (name: string, args: readonly string[]): void => void parts.push(
    spawnPart({ name, command: ['nice', '-n', '5', emulator.program, ...args], logFile: join(artefacts, `${name}.qemu.log`), stopSignal: 'SIGTERM', hurrySignal: 'SIGKILL', stopGraceMs: 5_000 }),
  );
  try {
    if (networkSocket !== undefined) start('gateway', gatewayArguments(networkSocket));
    const machines: VirtualMachine[] = [];
    for (const plan of plans) {
      const disk = join(workDir, `${plan.name}.disk`);
      await makeEmptyDisk(disk);
      const serialLog = join(artefacts, `${plan.name}.serial.log`);
      start(plan.name, machineArguments(plan, { iso, disk, serialLog, uefi: ownFirmware(emulator, join(workDir, `${plan.name}.vars`)), networkSocket }));
      machines.push({ ...plan, serialLog, readSerial: () => readSerialLog(serialLog) });
    }
    const failed = Promise.race(parts.map(async ({ name, exited, logFile }) => `the emulator of ${name} ${await exited}; its log: ${logFile}`));
    return { machines, failed, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Takes no room on the host before the machine writes to it. */
async function makeEmptyDisk(path: string): Promise<void> {
  const disk = await open(path, 'w');
  await disk.truncate(machineSize.diskBytes);
  await disk.close();
}

function ownFirmware({ uefi }: Emulator, settings: string): Emulator['uefi'] {
  if (!uefi) return undefined;
  copyFileSync(uefi.settings, settings);
  return { code: uefi.code, settings };
}
