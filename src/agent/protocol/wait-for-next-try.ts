import type { LoopOptions } from './loop-options';
import { pause, pauseForever } from './pause';
import { RequestFailed } from './request-failed';
import type { NextTry } from './retry-rules';

/** Waits as the rule for this failure says: for a while, or until the signal is aborted. What is no failed call is thrown on. */
export async function waitForNextTry(error: unknown, rule: (status: number) => NextTry, { hostId, observe, toMs }: LoopOptions, signal: AbortSignal): Promise<void> {
  if (!(error instanceof RequestFailed)) throw error;
  const next = rule(error.status);
  if (next.kind === 'never') {
    observe({ kind: 'asleep', hostId, reason: error.message });
    await pauseForever(signal);
  } else {
    observe({ kind: 'retry', hostId, reason: error.message });
    await pause(toMs(next.seconds), signal);
  }
}
