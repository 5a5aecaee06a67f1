import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeProgramEnd } from '../../domain/program/describe-program-end';
import { createHostFolder } from '../machine/create-host-folder';
import type { StepContext } from '../steps/step-context';

const reportedPercent = 5;
/** The service gives the stage half an hour. */
const longestMs = 30 * 60_000;

/** Has the vendor's coreos-installer write the disk, with the ignition and with arguments of the step. `report` is told every five percent. */
export async function writeByInstaller(ignition: string, disk: string, args: readonly string[], { machine, options, log, signal }: Pick<StepContext, 'machine' | 'options' | 'log' | 'signal'>, report: (percent: number) => Promise<void>): Promise<void> {
  if (options.dryRun) {
    log(`dry run: coreos-installer does not write ${disk}`);
    await report(100);
    return;
  }
  const folder = await createHostFolder(machine);
  try {
    await writeFile(join(folder.path, 'host.ign'), ignition, { mode: 0o600 });
    let reported = 0;
    // Reports go out one after the other, beside the program.
    let reports = Promise.resolve();
    let refused: unknown;
    const tell = (percent: number): void => {
      reports = reports.then(() => report(percent)).catch((error: unknown) => {
        refused ??= error;
      });
    };
    const result = await machine.run('coreos-installer', ['install', '--ignition-file', join(folder.hostPath, 'host.ign'), ...args, disk], {
      signal,
      timeoutMs: longestMs,
      onErrorOutput: (text) => {
        for (const [, digits = '0'] of text.matchAll(/\((\d{1,3})%\)/g)) {
          const percent = Math.min(95, Math.floor(Number(digits) / reportedPercent) * reportedPercent);
          if (percent > reported) tell((reported = percent));
        }
      },
    });
    await reports;
    if (result.end !== 'exited' || result.code !== 0) throw new Error(`coreos-installer ${describeProgramEnd(result)}`);
    if (refused !== undefined) throw refused;
    await report(100);
  } finally {
    await rm(folder.path, { recursive: true, force: true });
  }
}
