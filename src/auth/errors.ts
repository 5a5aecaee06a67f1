/** Why a caller can't be authenticated: its credential is bad (401), or it can't be checked right now (503). */
export class AuthError extends Error {
  constructor(readonly kind: 'unauthenticated' | 'unavailable', message: string) {
    super(message);
    this.name = 'AuthError';
  }
}
