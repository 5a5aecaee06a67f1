import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createImageLinkSigner } from '../../src/auth/image-link';

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const privateKeyPem = newKey();
const clusterId = randomUUID();
const end = new Date('2026-03-01T12:00:00.700Z');
const at = (time: number) => createImageLinkSigner({ privateKeyPem, now: () => time });

describe('the token of an image address', () => {
  const token = at(0).sign(clusterId, end);

  it('is short, and tells its cluster until it expires and after', () => {
    expect(token).toMatch(/^[\w-]{48}$/);
    expect(at(end.getTime() - 1_000).read(token)).toEqual({ clusterId, expired: false });
    expect(at(end.getTime()).read(token)).toEqual({ clusterId, expired: true });
  });

  it('is refused with any of its characters changed, and from another key', () => {
    for (let index = 0; index < token.length; index++) {
      const changed = token.slice(0, index) + (token[index] === 'A' ? 'B' : 'A') + token.slice(index + 1);
      expect(at(0).read(changed)).toBeUndefined();
    }
    expect(createImageLinkSigner({ privateKeyPem: newKey() }).read(token)).toBeUndefined();
    for (const other of ['', `${token}A`, token.slice(1), '../../../etc/passwd']) expect(at(0).read(other)).toBeUndefined();
  });
});
