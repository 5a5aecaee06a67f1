import { pause } from '../../agent/protocol/pause';
import type { InstallerRun } from './installer-run';

/** Writes the image to disk: a report every five percent. */
export async function writeImage(run: InstallerRun): Promise<void> {
  const { pace, signal } = run.options;
  for (let percent = 5; percent <= 100; percent += 5) {
    await pause(pace.imageStepMs, signal);
    await run.report('Writing image to disk', `${percent}%`);
  }
}
