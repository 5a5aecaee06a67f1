import { randomUUID } from 'node:crypto';
import { pause } from '../../agent/protocol/pause';

const notNow: readonly number[] = [429, 503];
const defaultWaitSeconds = 2;
const longestWaitSeconds = 30;
/** A service that never answers is none that can be asked later. */
const mostUnanswered = 5;

function waitMs(answer: Response | undefined): number {
  const seconds = Number(answer?.headers.get('retry-after') ?? defaultWaitSeconds);
  return Math.min(longestWaitSeconds, seconds > 0 ? seconds : defaultWaitSeconds) * 1_000;
}

/**
 * A fetch of a user who does as he is told: what the service cannot do now (429, 503) is sent again after the time it names, and what had no
 * answer after two seconds, under the same Idempotency-Key, so that it happens once whatever became of the first request.
 */
export function createPatientFetch(doFetch: typeof fetch): typeof fetch {
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    if ((init?.method ?? 'GET') !== 'GET' && !headers.has('idempotency-key')) headers.set('idempotency-key', randomUUID());
    const signal = init?.signal ?? new AbortController().signal;
    for (let unanswered = 0; ; ) {
      const answer = await doFetch(input, { ...init, headers }).catch((error: unknown) => {
        unanswered += 1;
        if (signal.aborted || unanswered === mostUnanswered) throw error;
        return undefined;
      });
      if (answer && !notNow.includes(answer.status)) return answer;
      await answer?.arrayBuffer();
      await pause(waitMs(answer), signal);
    }
  };
}
