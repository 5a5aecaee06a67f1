import { hash } from 'node:crypto';

/** The key under which a credential is cached, so that caches hold no credentials. */
export function hashCredential(credential: string): string {
  return hash('sha256', credential, 'base64');
}
