import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { createCapabilitySigner } from '../../src/auth/capability';
import { createLocalTokens, noUsers } from '../../src/auth/local';

const makePair = (namedCurve = 'P-256') => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve });
  return { privateKey, privateKeyPem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })), publicKeyPem: String(createPublicKey(privateKey).export({ type: 'spki', format: 'pem' })) };
};
const hour = 3_600_000;
const [pair, former, foreign] = [makePair(), makePair(), makePair()];
let clock = Date.parse('2024-01-01T00:00:00Z');
const create = (keys = pair, formerPublicKeysPem = '') => createLocalTokens({ privateKeyPem: keys.privateKeyPem, formerPublicKeysPem, lifetimeMs: hour, now: () => clock });
const refused = expect.objectContaining({ name: 'AuthError', kind: 'unauthenticated' });

describe('tokens of the service\'s own', () => {
  it('name the one cluster they are good for', async () => {
    const tokens = create();
    const token = await tokens.issue('c1');
    expect(tokens.agents.lookup(token)).toBeUndefined();
    expect(await tokens.agents.authenticate(token)).toMatchObject({ kind: 'agent', clusterId: 'c1', role: 'user' });
    expect(tokens.agents.lookup(token)).toMatchObject({ clusterId: 'c1' });
  });

  it('expire, known ones too', async () => {
    const tokens = create();
    const token = await tokens.issue('c1');
    clock += hour - 1000;
    await tokens.agents.authenticate(token);
    clock += 1000;
    expect(tokens.agents.lookup(token)).toBeUndefined();
    await expect(tokens.agents.authenticate(token)).rejects.toEqual(refused);
    clock -= hour;
  });

  it('outlive a change of the key pair where the former public key is kept', async () => {
    const token = await create(former).issue('c1');
    await expect(create().agents.authenticate(token)).rejects.toEqual(refused);
    const both = create(pair, `${foreign.publicKeyPem}${former.publicKeyPem}`);
    expect(await both.agents.authenticate(token)).toMatchObject({ clusterId: 'c1' });
    expect(await both.agents.authenticate(await both.issue('c2'))).toMatchObject({ clusterId: 'c2' });
  });

  it('are refused when nobody here made them for agents', async () => {
    const claims = (exp = Math.floor(clock / 1000) + 60) => ({ cluster_id: 'c1', aud: 'agent', exp });
    const sign = (payload: Record<string, unknown>, key = pair.privateKey) => new SignJWT(payload).setProtectedHeader({ alg: 'ES256' }).sign(key);
    const { exp: _exp, ...endless } = claims();
    const { cluster_id: _cluster, ...unbound } = claims();
    const tokens = create();
    const bad = [
      await sign(claims(), foreign.privateKey), await sign(endless), await sign(unbound), await sign({ ...claims(), aud: 'signed-url' }),
      await createCapabilitySigner({ privateKeyPem: pair.privateKeyPem, now: () => clock }).sign({ method: 'GET', clusterId: 'c1', file: 'kubeconfig', expiresAt: new Date(clock + hour) }),
      new UnsecuredJWT(claims()).setAudience('agent').encode(),
      await new SignJWT(claims()).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(pair.publicKeyPem)),
      'garbage', '', 'x'.repeat(5_000),
    ];
    for (const token of bad) await expect(tokens.agents.authenticate(token)).rejects.toEqual(refused);
    expect(await tokens.agents.authenticate(await sign(claims()))).toMatchObject({ clusterId: 'c1' });
    await expect(tokens.agents.authenticate(undefined)).rejects.toEqual(refused);
  });

  it('need a key on P-256, which no message shows', () => {
    expect(() => create(makePair('P-384'))).toThrow('EC_PRIVATE_KEY_PEM is not an EC key on P-256');
    expect(() => create({ ...pair, privateKeyPem: 'planted' })).toThrow(/^EC_PRIVATE_KEY_PEM is not a private key in PEM form$/);
    expect(() => create(pair, 'planted')).toThrow(/^EC_PUBLIC_KEY_PEM holds no public key in PEM form$/);
  });

  it('are none for users', async () => {
    expect(noUsers.lookup('Bearer x')).toBeUndefined();
    await expect(noUsers.authenticate('Bearer x')).rejects.toEqual(refused);
  });
});
