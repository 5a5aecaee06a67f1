import type { ControllerRun } from './controller-run';
import { lookUntil } from './look-until';

/**
 * Makes a call to the service until it succeeds, also through an outage that outlasts the tries of one call: what would otherwise fail the
 * installation is not told of too early. Rejects as `lookUntil` does.
 */
export async function insist<T>(run: ControllerRun, what: string, call: () => Promise<T>): Promise<T> {
  const { answer } = await lookUntil(run, what, run.options.pace.patience, async () => ({ answer: await run.call(call) }));
  return answer;
}
