import { ServiceError, Unavailable } from '../services/errors';
import { jsonReply, type Reply } from './reply';

const statusOf: Record<ServiceError['kind'], number> = {
  Invalid: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  Gone: 410,
  Conflict: 409,
  Internal: 500,
  Unavailable: 503,
};

/** Body of 400, 404, 405, 409, 413, 429, 500 and 503. */
export const errorReply = (status: number, reason: string, headers: Record<string, string> = {}): Reply =>
  jsonReply({ kind: 'Error', id: status, href: '', code: String(status), reason }, status, headers);

/** Body of 401, 403, 404 of unknown paths, 422 and 400 of bodies that are no JSON. */
export const messageReply = (status: number, message: string, code = status): Reply => jsonReply({ code, message }, status);

/** A request that is refused before any service sees it: what it says does not fit the schema. */
export class RequestError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
    this.name = 'RequestError';
  }
}

/** A caller who sends more than he may. */
export class TooManyRequests extends Error {
  constructor(readonly retryAfterSeconds: number) {
    super(`Too many requests; try again in ${retryAfterSeconds} ${retryAfterSeconds === 1 ? 'second' : 'seconds'}.`);
    this.name = 'TooManyRequests';
  }
}

/** Turns what a handler threw into an answer; undefined for a fault of the service itself, whose details nobody outside may see. */
export function findReplyTo(error: unknown): Reply | undefined {
  if (error instanceof RequestError) {
    return error.status === 413 ? errorReply(413, error.message) : messageReply(error.status, error.message, error.code);
  }
  if (error instanceof TooManyRequests) return errorReply(429, error.message, { 'Retry-After': String(error.retryAfterSeconds) });
  if (!(error instanceof ServiceError)) return undefined;
  const status = statusOf[error.kind];
  if (status === 401 || status === 403) return messageReply(status, error.message);
  return errorReply(status, error.message, error instanceof Unavailable ? { 'Retry-After': String(error.retryAfterSeconds) } : {});
}

export const internalErrorReply = (requestId: string): Reply =>
  errorReply(500, `Something went wrong inside the service. The operators find the cause under request ${requestId}.`);
