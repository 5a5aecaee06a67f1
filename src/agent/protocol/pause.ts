import { setTimeout as delay } from 'node:timers/promises';

/** Waits; rejects with the signal's reason when it is aborted. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  try {
    await delay(milliseconds, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** Longest period of a timer. */
const longestMs = 2 ** 31 - 1;

/** Never resolves; rejects when the signal is aborted. A program that waits so stays: it has no other reason to go on, and would be started anew if it ended. */
export function pauseForever(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const staysAlive = setInterval(() => undefined, longestMs);
    signal.addEventListener('abort', () => {
      clearInterval(staysAlive);
      reject(signal.reason as Error);
    }, { once: true });
  });
}
