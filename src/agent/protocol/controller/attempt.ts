import type { ControllerRun } from './controller-run';

/** Does a piece of work that may hold up no other: a failure is told, and answered with `otherwise`. Rejects when the run is aborted. */
export async function attempt<T>(run: ControllerRun, what: string, otherwise: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    run.signal.throwIfAborted();
    run.tell(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    return otherwise;
  }
}
