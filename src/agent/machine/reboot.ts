import { writeFile } from 'node:fs/promises';
import { describeProgramEnd } from '../../domain/program/describe-program-end';
import type { Machine } from './machine';
import { exists } from './read';

/** Restarts the machine: by its init system, else by the kernel after it has written out what it holds. Rejects when it can't. */
export async function reboot(machine: Machine): Promise<void> {
  if (await exists({ root: machine.hostRoot }, '/run/systemd/system')) {
    const result = await machine.run('systemctl', ['reboot']);
    if (result.end !== 'exited' || result.code !== 0) throw new Error(`systemctl reboot ${describeProgramEnd(result)}`);
    return;
  }
  // s: sync, u: remount read-only, b: restart.
  for (const key of ['s', 'u', 'b']) await writeFile(`${machine.root}/proc/sysrq-trigger`, key);
}
