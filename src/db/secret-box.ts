import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export interface SecretBox {
  /** Encrypts a text; each call gives other bytes. */
  seal(plain: string): Buffer;
  /** Decrypts what `seal` gave. Throws when the bytes were changed or the key is another. */
  open(sealed: Buffer): string;
}

const formatVersion = 1;
const ivLength = 12;
const tagLength = 16;

/**
 * Encryption of secrets at rest: AES-256-GCM with a random nonce, laid out as version (1 byte), nonce (12), tag (16), text.
 * @param keyBase64 32 bytes in base64
 */
export function createSecretBox(keyBase64: string): SecretBox {
  const key = Buffer.from(keyBase64, 'base64');
  if (key.length !== 32) throw new Error('The encryption key must be 32 bytes in base64.');
  return {
    seal(plain) {
      const iv = randomBytes(ivLength);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.from([formatVersion]), iv, cipher.getAuthTag(), body]);
    },
    open(sealed) {
      if (sealed[0] !== formatVersion) throw new Error('A sealed secret has an unknown format.');
      const iv = sealed.subarray(1, 1 + ivLength);
      const decipher = createDecipheriv('aes-256-gcm', key, iv);
      decipher.setAuthTag(sealed.subarray(1 + ivLength, 1 + ivLength + tagLength));
      return Buffer.concat([decipher.update(sealed.subarray(1 + ivLength + tagLength)), decipher.final()]).toString('utf8');
    },
  };
}
