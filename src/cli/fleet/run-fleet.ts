import { randomBytes } from 'node:crypto';
import type { Target } from '../install-test/target';
import type { FleetOptions } from './options';
import { playCluster } from './play-cluster';
import { Tally } from './tally';

const summaryMs = 5_000;

/** Plays all clusters, so many at a time, and says now and then how they are; what came of them. */
export async function runFleet(options: FleetOptions, target: Target, print: (line: string) => void, signal: AbortSignal): Promise<Tally> {
  const tally = new Tally();
  const run = randomBytes(3).toString('hex');
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < options.clusters && !signal.aborted; index = next++) {
      const profile = options.profiles[index % options.profiles.length];
      if (profile) await playCluster(`fleet-${run}-${index}`, profile, target, options, tally, signal);
    }
  };
  const summaries = setInterval(() => print(tally.summary()), summaryMs);
  try {
    await Promise.all(Array.from({ length: Math.min(options.parallel, options.clusters) }, worker));
  } finally {
    clearInterval(summaries);
  }
  return tally;
}
