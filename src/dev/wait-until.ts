import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Polls `check` until it answers true; a thrown error counts as "not yet" and becomes the cause of the time-out.
 * Times in milliseconds.
 */
export async function waitUntil(
  what: string,
  check: () => Promise<boolean> | boolean,
  { timeoutMs = 30_000, intervalMs = 50 }: { timeoutMs?: number; intervalMs?: number } = {},
): Promise<void> {
  const end = Date.now() + timeoutMs;
  let cause: unknown;
  do {
    try {
      if (await check()) return;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await sleep(intervalMs);
  } while (Date.now() < end);
  throw new Error(`${what}: not within ${timeoutMs / 1000} s`, { cause });
}
