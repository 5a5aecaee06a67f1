import { S3ServiceException } from '@aws-sdk/client-s3';
import { StoreError, type StoreErrorType } from './store-error';

/** Longest time of a call in milliseconds, retries included. */
export const timeouts = { ping: 2_000, small: 10_000, transfer: 60_000, complete: 300_000 };

/**
 * Runs one call of the SDK with a time limit and turns its failures into a StoreError that says what was tried.
 * When the caller's own signal ended it, the reason of that signal is thrown instead.
 */
export async function call<T>(what: string, timeoutMs: number, signal: AbortSignal | undefined, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await run(controller.signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (controller.signal.aborted) throw new StoreError('Unavailable', `${what}: no answer within ${timeoutMs / 1000} s`, { cause: error });
    throw translateError(what, error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

function translateError(what: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const type = classifyError(error);
  return new StoreError(type, `${what}: ${describeError(error)}`, { cause: error });
}

function classifyError(error: unknown): StoreErrorType {
  if (!(error instanceof S3ServiceException)) return 'Unavailable';
  const status = error.$metadata.httpStatusCode ?? 0;
  if (error.name === 'NoSuchBucket') return 'Rejected';
  if (status === 404) return 'NotFound';
  if (status === 416) return 'InvalidRange';
  if (status === 412) return 'Changed';
  if (status === 501) return 'Rejected';
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? 'Rejected' : 'Unavailable';
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof S3ServiceException) return `${error.name} (${error.$metadata.httpStatusCode ?? 'no status'})`;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
