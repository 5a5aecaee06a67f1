import { z } from 'zod';
import { readSigningKey, readVerificationKeys } from '../auth/signing-key';

function isRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

/** A private key of ES256 signatures. */
export const signingKey = z.string().refine((pem) => isRead(() => readSigningKey(pem, 'it')), 'must be a private key in PEM form, EC on P-256');

/** Public keys of ES256 signatures. */
export const verificationKeys = z.string().refine((pem) => isRead(() => readVerificationKeys(pem, 'it')), 'must be public keys in PEM form, EC on P-256');

const jwksSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });

/** A JWKS document. */
export const jwks = z.string().transform((text, context): z.output<typeof jwksSchema> => {
  const parsed = jwksSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue({ code: 'custom', message: 'must be a JWKS document, like {"keys": [{"kty": "RSA", …}]}' });
  return z.NEVER;
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
