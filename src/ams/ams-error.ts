/**
 * A call to AMS that did not succeed. `status` is the HTTP status with which AMS answered the operation itself, or null
 * when there was no such answer: no connection, time-out, an answer that can't be understood, or no token to ask with.
 * A 4xx therefore always means that AMS refused the operation. The message holds no secrets.
 */
export class AmsError extends Error {
  constructor(
    readonly status: number | null,
    readonly operation: string,
    message: string,
  ) {
    super(`AMS ${operation}: ${message}`);
    this.name = 'AmsError';
  }
}
