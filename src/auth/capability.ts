import { createPublicKey } from 'node:crypto';
import { errors, SignJWT, jwtVerify } from 'jose';
import { AuthError } from './errors';
import { readSigningKey } from './signing-key';

/** What a signed URL permits: one method on one file of one cluster. */
export interface CapabilityClaims {
  /** In upper case. */
  method: string;
  clusterId: string;
  /** A name agreed between the signer and the route, e.g. `discovery.iso`, `kubeconfig`, `logs`, `events`. */
  file: string;
}

export interface CapabilitySigner {
  /** The token for `?api_key=`; valid until `expiresAt`, cut to whole seconds. */
  sign(capability: CapabilityClaims & { expiresAt: Date }): Promise<string>;
  /** The claims of a token that permits exactly this. Rejects with AuthError unauthenticated otherwise. */
  verify(token: string | undefined, wanted: CapabilityClaims): Promise<CapabilityClaims>;
}

const audience = 'signed-url';
const maxTokenLength = 4096;

/** Signs and verifies the tokens of signed URLs (ES256). Throws when the key is not a PKCS#8 EC P-256 key. */
export function createCapabilitySigner(
  { privateKeyPem, now = Date.now }: { privateKeyPem: string; now?: () => number },
): CapabilitySigner {
  const privateKey = readSigningKey(privateKeyPem, 'the URL signing key');
  const publicKey = createPublicKey(privateKey);

  return {
    async sign({ method, clusterId, file, expiresAt }) {
      return new SignJWT({ method, file })
        .setProtectedHeader({ alg: 'ES256', typ: 'JWT' })
        .setAudience(audience)
        .setSubject(clusterId)
        .setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
        .sign(privateKey);
    },

    async verify(token, wanted) {
      const refused = new AuthError('unauthenticated', 'The signature of this address is not for this request: it may be cut off, changed, or of another file or cluster.');
      if (token === undefined || token.length > maxTokenLength) throw refused;
      const { payload } = await jwtVerify(token, publicKey, {
        algorithms: ['ES256'],
        audience,
        subject: wanted.clusterId,
        requiredClaims: ['exp'],
        currentDate: new Date(now()),
      }).catch((error: unknown) => {
        if (!(error instanceof errors.JWTExpired)) throw refused;
        // Its time is looked at last: all else is right.
        throw new AuthError('unauthenticated', 'This address has expired. The one who made it can make another: of an image by POST downloads/image, of a file by GET files-presigned.');
      });
      if (payload['method'] !== wanted.method || payload['file'] !== wanted.file) throw refused;
      return { method: wanted.method, clusterId: wanted.clusterId, file: wanted.file };
    },
  };
}
