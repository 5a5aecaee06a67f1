import { pause } from './pause';
import { RequestFailed } from './request-failed';

export interface CallRetries {
  attempts: number;
  /** Between two attempts, in milliseconds; drawn evenly from this range. */
  fromMs: number;
  toMs: number;
}

/** Makes a call again when it fails; rejects with the last failure. */
export async function callWithRetries<T>(call: () => Promise<T>, { attempts, fromMs, toMs }: CallRetries, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof RequestFailed) || attempt >= attempts) throw error;
      await pause(fromMs + Math.random() * (toMs - fromMs), signal);
    }
  }
}
