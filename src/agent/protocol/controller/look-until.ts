import { pause } from '../pause';
import type { Look } from './controller-pace';
import type { ControllerRun } from './controller-run';

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Looks again and again until there is something to see; a look that fails is told and made again, for servers restart while a
 * cluster comes up. Rejects when the limit is over, with the last failure, and when the run is aborted.
 */
export async function lookUntil<T>(run: ControllerRun, what: string, { everyMs, limitMs }: Look, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    let failure = '';
    try {
      const seen = await look();
      if (seen !== undefined) return seen;
    } catch (error) {
      run.signal.throwIfAborted();
      failure = reasonOf(error);
      run.tell(`${what}: ${failure}`);
    }
    if (Date.now() + everyMs > end) throw new Error(`${what}: not within ${Math.round(limitMs / 60_000)} minutes${failure && ` (${failure})`}`);
    await pause(everyMs, run.signal);
  }
}
