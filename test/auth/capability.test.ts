import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { createCapabilitySigner } from '../../src/auth/capability';

const pair = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });
const pemOf = (key: { export(options: { type: 'pkcs8'; format: 'pem' }): string | Buffer }) =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString();
const { privateKey } = pair('P-256');
const privateKeyPem = pemOf(privateKey);

let clock = Date.parse('2024-01-01T00:00:00Z');
const signer = createCapabilitySigner({ privateKeyPem, now: () => clock });
const capability = { method: 'GET', clusterId: 'c1', file: 'kubeconfig' };
const expiresAt = new Date(clock + 600_000);
const refused = expect.objectContaining({ name: 'AuthError', kind: 'unauthenticated' });
const exp = expiresAt.getTime() / 1000;

describe('signed URLs', () => {
  it('permit what they were made for', async () => {
    const token = await signer.sign({ ...capability, expiresAt });
    expect(await signer.verify(token, capability)).toEqual(capability);
  });

  it.each([{ method: 'DELETE' }, { method: 'HEAD' }, { clusterId: 'c2' }, { file: 'kubeadmin-password' }])(
    'permit nothing else: %j',
    async (other) => {
      const token = await signer.sign({ ...capability, expiresAt });
      await expect(signer.verify(token, { ...capability, ...other })).rejects.toEqual(refused);
    },
  );

  it('expire', async () => {
    const token = await signer.sign({ ...capability, expiresAt });
    clock = expiresAt.getTime() - 1000;
    await expect(signer.verify(token, capability)).resolves.toBeDefined();
    clock = expiresAt.getTime();
    await expect(signer.verify(token, capability)).rejects.toEqual(refused);
    clock -= 600_000;
  });

  it('refuse tokens that nobody here signed for this purpose', async () => {
    const eternal = { method: 'GET', file: 'kubeconfig', aud: 'signed-url', sub: 'c1' };
    const claims = { ...eternal, exp };
    const token = await signer.sign({ ...capability, expiresAt });
    const publicPem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString();
    const forged = [
      new UnsecuredJWT(claims).encode(),
      await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(publicPem)),
      await new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(pair('P-256').privateKey),
      await new SignJWT({ ...claims, aud: 'else' }).setProtectedHeader({ alg: 'ES256' }).sign(privateKey),
      await new SignJWT(eternal).setProtectedHeader({ alg: 'ES256' }).sign(privateKey),
      `${token.slice(0, -4)}AAAA`, 'a.b.c', '', 'x'.repeat(5000), undefined,
    ];
    for (const attempt of forged) await expect(signer.verify(attempt, capability)).rejects.toEqual(refused);
  });

  it('need an EC key on P-256', () => {
    expect(() => createCapabilitySigner({ privateKeyPem: 'planted' })).toThrow(/^the URL signing key is not a private key in PEM form$/);
    expect(() => createCapabilitySigner({ privateKeyPem: pemOf(pair('P-384').privateKey) })).toThrow('P-256');
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(() => createCapabilitySigner({ privateKeyPem: pemOf(rsa.privateKey) })).toThrow('P-256');
  });
});
