/** A refusal of the token endpoint: `error` is a code of RFC 6749, section 5.2. */
export class TokenError extends Error {
  constructor(
    readonly status: 400 | 401,
    readonly error: 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type',
    readonly description: string,
  ) {
    super(description);
    this.name = 'TokenError';
  }
}
