/** `Refused`: asking again does not help. `Unavailable`: nobody answered, or too many asked at a time. */
export type DnsErrorType = 'Refused' | 'Unavailable';

/** A failed call of a provider of domain names; its message may be shown to users. */
export class DnsError extends Error {
  override readonly name = 'DnsError';

  constructor(readonly type: DnsErrorType, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}
