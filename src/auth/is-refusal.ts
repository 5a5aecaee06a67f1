/**
 * Whether a port failed because the other side refused (4xx), as opposed to being out of order. Ports reject with
 * errors that carry `status`: the HTTP status, or null when there was no answer. 408 and 429 are no verdicts.
 */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return false;
  return error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429;
}
