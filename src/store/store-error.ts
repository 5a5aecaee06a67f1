/**
 * NotFound: no such object. InvalidRange: the range lies outside of it. Changed: the object is no longer the one that was meant.
 * Unavailable: no answer or a failure of the server, worth another try. Rejected: the server refuses, trying again will not help.
 */
export type StoreErrorType = 'NotFound' | 'InvalidRange' | 'Changed' | 'Unavailable' | 'Rejected';

export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(readonly type: StoreErrorType, message: string, options?: ErrorOptions) {
    super(message, options);
  }

  get retryable(): boolean {
    return this.type === 'Unavailable';
  }
}
