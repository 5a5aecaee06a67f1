import { existsSync } from 'node:fs';
import { UsageError } from '../../src/cli/install-test/usage-error';
import { findProgram } from '../../src/programs/find-program';
import type { BootTestOptions } from './options';

/** What emulates the machines. */
export interface Emulator {
  program: string;
  /** Of UEFI: the firmware's code and an empty store of its settings; undefined for BIOS. */
  uefi: { code: string; settings: string } | undefined;
}

const uefiBuilds = ['_4M', ''].map((size) => ({ code: `/usr/share/OVMF/OVMF_CODE${size}.fd`, settings: `/usr/share/OVMF/OVMF_VARS${size}.fd` }));

/** Finds the emulator and the firmware. Throws UsageError with the command that gets what is missing. */
export function findEmulator(firmware: BootTestOptions['firmware'], path = process.env['PATH'] ?? ''): Emulator {
  const program = findProgram('qemu-system-x86_64', path);
  if (program === undefined) throw new UsageError('qemu-system-x86_64 is not installed; to get it: apt-get install -y --no-install-recommends qemu-system-x86');
  if (firmware === 'bios') return { program, uefi: undefined };
  const uefi = uefiBuilds.find(({ code, settings }) => existsSync(code) && existsSync(settings));
  if (!uefi) throw new UsageError('the UEFI firmware OVMF is not installed; to get it: apt-get install -y --no-install-recommends ovmf');
  return { program, uefi };
}
