import type { Log } from '../log';
import type { AgingResult } from './age-subscriptions';

/** Runs `age` each interval, one after the other; a failure is logged and tried again. Returns what stops it, after a run that is under way. */
export function startAging(age: () => Promise<AgingResult>, intervalSeconds: number, log: Log): () => Promise<void> {
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(age).then(
      ({ stale, archived }) => {
        if (stale + archived > 0) log('info', 'subscriptions aged', { stale, archived });
      },
      (error: unknown) => log('error', 'aging failed', { error: error instanceof Error ? error.message : String(error) }),
    );
  }, intervalSeconds * 1000);
  return () => {
    clearInterval(timer);
    return running;
  };
}
