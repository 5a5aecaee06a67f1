import { createHmac, createPrivateKey, hkdfSync, timingSafeEqual } from 'node:crypto';

/** The short tokens of image addresses. */
export interface ImageLinkSigner {
  /** 48 letters, digits, `-` and `_` that permit to fetch the discovery image of a cluster until `expiresAt`, cut to whole seconds. */
  sign(clusterId: string, expiresAt: Date): string;
  /** What a token is for; undefined for one that was not signed here. */
  read(token: string): { clusterId: string; expired: boolean } | undefined;
}

const idBytes = 16;
const payloadBytes = idBytes + 4;
const signatureBytes = 16;
const tokenPattern = /^[\w-]{48}$/;

/**
 * Signs addresses that fit the small fields of a machine's firmware: cluster, end in Unix seconds, and a 128-bit HMAC-SHA256 with
 * a key derived from the one that signs all addresses.
 */
export function createImageLinkSigner({ privateKeyPem, now = Date.now }: { privateKeyPem: string; now?: () => number }): ImageLinkSigner {
  const secret = createPrivateKey(privateKeyPem).export({ type: 'pkcs8', format: 'der' });
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'image links', 32));
  const signatureOf = (payload: Buffer): Buffer => createHmac('sha256', key).update(payload).digest().subarray(0, signatureBytes);
  return {
    sign(clusterId, expiresAt) {
      const payload = Buffer.alloc(payloadBytes);
      payload.write(clusterId.replaceAll('-', ''), 0, 'hex');
      payload.writeUInt32BE(Math.floor(expiresAt.getTime() / 1000), idBytes);
      return Buffer.concat([payload, signatureOf(payload)]).toString('base64url');
    },
    read(token) {
      if (!tokenPattern.test(token)) return undefined;
      const bytes = Buffer.from(token, 'base64url');
      const payload = bytes.subarray(0, payloadBytes);
      if (!timingSafeEqual(bytes.subarray(payloadBytes), signatureOf(payload))) return undefined;
      const clusterId = payload.toString('hex', 0, idBytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
      return { clusterId, expired: payload.readUInt32BE(idBytes) * 1000 <= now() };
    },
  };
}
