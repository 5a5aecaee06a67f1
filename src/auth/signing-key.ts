import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

const isP256 = (key: KeyObject): boolean => key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';

/** Reads the private key of ES256 signatures (PEM, EC P-256). Throws an error that names `what` but holds nothing of the key. */
export function readSigningKey(pem: string, what: string): KeyObject {
  return readKey(createPrivateKey, pem, `${what} is not a private key in PEM form`, what);
}

/** Reads the public keys of ES256 signatures, any number of PEM blocks after each other. Throws as readSigningKey. */
export function readVerificationKeys(pem: string, what: string): KeyObject[] {
  const blocks = pem.match(/-----BEGIN PUBLIC KEY-----[^-]*-----END PUBLIC KEY-----/g) ?? [];
  if (blocks.length === 0 && pem.trim() !== '') throw new Error(`${what} holds no public key in PEM form`);
  return blocks.map((block) => readKey(createPublicKey, block, `${what} holds a public key that cannot be read`, what));
}

function readKey(read: (pem: string) => KeyObject, pem: string, unreadable: string, what: string): KeyObject {
  let key: KeyObject;
  try {
    key = read(pem);
  } catch {
    throw new Error(unreadable);
  }
  if (!isP256(key)) throw new Error(`${what} is not an EC key on P-256`);
  return key;
}
