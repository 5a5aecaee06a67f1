import { createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, UnsecuredJWT, exportJWK } from 'jose';
import type { JWK, JWTPayload } from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createUserAuthenticator } from '../../src/auth/oidc';
import type { UserAuthenticator, UserAuthenticatorOptions } from '../../src/auth/oidc';

type Changes = Record<string, string | number | undefined>;

interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  jwk: JWK;
}

const issuer = 'https://sso.example.com/realm';
const unauthenticated = expect.objectContaining({ name: 'AuthError', kind: 'unauthenticated' });
const unavailable = expect.objectContaining({ name: 'AuthError', kind: 'unavailable' });
const minute = 60_000;

async function makeKey(): Promise<SigningKey> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomUUID();
  return { kid, privateKey, jwk: { ...await exportJWK(createPublicKey(privateKey)), kid, alg: 'RS256', use: 'sig' } };
}

let key: SigningKey;
let published: JWK[];
let status: number;
let downloads: number;
let server: Server;
let users: UserAuthenticator;
let clock: number;
let asked: string[];
let readOnlyAdmin: (userName: string) => Promise<boolean>;

function makeUsers(changes: Partial<UserAuthenticatorOptions> = {}): UserAuthenticator {
  return createUserAuthenticator({
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/certs`,
    issuer,
    audience: 'cloud-services',
    cooldownMs: 0,
    adminUsers: ['root'],
    isReadOnlyAdmin: (userName) => {
      asked.push(userName);
      return readOnlyAdmin(userName);
    },
    now: () => clock,
    ...changes,
  });
}

beforeAll(async () => {
  key = await makeKey();
});
beforeEach(async () => {
  published = [key.jwk];
  status = 200;
  downloads = 0;
  clock = Date.now();
  asked = [];
  readOnlyAdmin = async () => false;
  server = createServer((_, response) => {
    downloads += 1;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  users = makeUsers();
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function claimsOf(changes: Changes = {}): JWTPayload {
  const now = Math.floor(clock / 1000);
  const claims: Changes = {
    iss: issuer, aud: 'cloud-services', iat: now, exp: now + 900, typ: 'Bearer',
    username: 'ann', org_id: '11', email: 'ann@example.com', ...changes,
  };
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}

async function sign(changes: Changes = {}, { kid, privateKey }: Pick<SigningKey, 'kid' | 'privateKey'> = key): Promise<string> {
  return `Bearer ${await new SignJWT(claimsOf(changes)).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey)}`;
}

const ann = { kind: 'user', userName: 'ann', orgId: '11', emailDomain: 'example.com', role: 'user' };

describe('a valid token', () => {
  it('names the user', async () => {
    expect(await users.authenticate(await sign())).toEqual(ann);
    expect(await users.authenticate(await sign({ username: undefined, preferred_username: 'pat', email: undefined, org_id: undefined })))
      .toEqual({ kind: 'user', userName: 'pat', orgId: '', emailDomain: 'Unknown', role: 'user' });
  });

  it('may come under any case of the scheme, and from the future', async () => {
    const token = (await sign({ iat: Math.floor(clock / 1000) + 3600 })).slice('Bearer '.length);
    for (const scheme of ['bearer', 'BEARER', 'Bearer']) expect(await users.authenticate(`${scheme} ${token}`)).toEqual(ann);
  });

  it('is verified once, and known until it expires', async () => {
    const header = await sign({ exp: Math.floor(clock / 1000) + 300 });
    expect(users.lookup(header)).toBeUndefined();
    await users.authenticate(header);
    expect(users.lookup(header)).toEqual(ann);
    expect(await users.authenticate(header)).toEqual(ann);
    expect([downloads, asked]).toEqual([1, ['ann']]);
    clock += 310_000;
    expect(users.lookup(header)).toBeUndefined();
    await expect(users.authenticate(header)).rejects.toEqual(unauthenticated);
  });

  it('is verified again after 10 minutes', async () => {
    const header = await sign({ exp: Math.floor(clock / 1000) + 7200 });
    await users.authenticate(header);
    clock += 10 * minute;
    expect(users.lookup(header)).toBeUndefined();
    expect(await users.authenticate(header)).toEqual(ann);
    expect(users.lookup(header)).toEqual(ann);
  });
});

describe('a token is refused', () => {
  it('without a signature by a published key', async () => {
    const other = await makeKey();
    const pem = createPublicKey(key.privateKey).export({ type: 'spki', format: 'pem' }).toString();
    const signHmac = (secret: string | Buffer) =>
      new SignJWT(claimsOf()).setProtectedHeader({ alg: 'HS256', kid: key.kid }).sign(Buffer.from(secret));
    const valid = await sign();
    const [head = '', , signature = ''] = valid.split('.');
    const changed = Buffer.from(JSON.stringify(claimsOf({ username: 'root' }))).toString('base64url');
    const attempts = [
      `Bearer ${new UnsecuredJWT(claimsOf()).encode()}`,
      `Bearer ${await signHmac(pem)}`,
      `Bearer ${await signHmac(JSON.stringify(key.jwk))}`,
      `Bearer ${await new SignJWT(claimsOf()).setProtectedHeader({ alg: 'RS384', kid: key.kid }).sign(key.privateKey)}`,
      await sign({}, other),
      await sign({}, { kid: key.kid, privateKey: other.privateKey }),
      `${head}.${changed}.${signature}`,
      `${valid.slice(0, -6)}AAAAAA`,
    ];
    for (const attempt of attempts) await expect(users.authenticate(attempt)).rejects.toEqual(unauthenticated);
  });

  it.each<[string, Changes]>([
    ['expired', { exp: Math.floor(Date.now() / 1000) - 60 }],
    ['without an expiry', { exp: undefined }],
    ['not valid yet', { nbf: Math.floor(Date.now() / 1000) + 600 }],
    ['of another issuer', { iss: 'https://evil.example.com' }],
    ['for another audience', { aud: 'another' }],
    ['without a user', { username: undefined }],
    ['with a user that is no text', { username: 7 }],
    ['a refresh token', { typ: 'Refresh' }],
    ['an ID token', { typ: 'ID' }],
  ])('when it is %s', async (_, changes) => {
    await expect(users.authenticate(await sign(changes))).rejects.toEqual(unauthenticated);
  });

  it('when it is garbage or missing', async () => {
    const basic = (await sign()).replace('Bearer', 'Basic');
    const long = `Bearer a.${'b'.repeat(20_000)}.c`;
    for (const header of [undefined, '', 'Bearer', 'Bearer ', 'Bearer x', 'Bearer a.b.c', 'Bearer ..', 'x.y.z', basic, long]) {
      expect(users.lookup(header)).toBeUndefined();
      await expect(users.authenticate(header)).rejects.toEqual(unauthenticated);
    }
    expect(asked).toEqual([]);
  });
});

describe('keys', () => {
  it('may be rotated', async () => {
    await users.authenticate(await sign());
    const next = await makeKey();
    published = [next.jwk, key.jwk];
    expect(await users.authenticate(await sign({}, next))).toEqual(ann);
    expect(downloads).toBe(2);
    published = [next.jwk];
    await expect(users.authenticate(await sign({}, await makeKey()))).rejects.toEqual(unauthenticated);
    await expect(users.authenticate(await sign({ org_id: '12' }))).rejects.toEqual(unauthenticated);
  });

  it('are not downloaded for every unknown key id', async () => {
    users = makeUsers({ cooldownMs: minute });
    for (let n = 0; n < 5; n += 1) {
      await expect(users.authenticate(await sign({}, { ...key, kid: `k${n}` }))).rejects.toEqual(unauthenticated);
    }
    expect(downloads).toBe(1);
  });

  it('make the check unavailable while they can\'t be had, and come back', async () => {
    status = 503;
    await expect(users.authenticate(await sign())).rejects.toEqual(unavailable);
    status = 200;
    clock += 15_000;
    expect(await users.authenticate(await sign())).toEqual(ann);
  });

  it('go on being used while their server is down', async () => {
    await users.authenticate(await sign());
    status = 500;
    const unknown = await sign({}, await makeKey());
    await expect(users.authenticate(unknown)).rejects.toEqual(unavailable);
    expect(await users.authenticate(await sign({ org_id: '12' }))).toMatchObject({ orgId: '12' });
    expect(downloads).toBe(2);
  });
});

describe('the role', () => {
  it('comes from the configuration, then from AMS', async () => {
    readOnlyAdmin = async (userName) => userName === 'auditor';
    const roleOf = async (username: string) => (await users.authenticate(await sign({ username }))).role;
    expect([await roleOf('root'), await roleOf('auditor'), await roleOf('ann'), await roleOf('ROOT')])
      .toEqual(['admin', 'read-only-admin', 'user', 'user']);
    expect(asked).toEqual(['auditor', 'ann', 'ROOT']);
  });

  it('is unavailable while AMS is down, unless it was known', async () => {
    await users.authenticate(await sign());
    readOnlyAdmin = () => Promise.reject(Object.assign(new Error('down'), { status: 503 }));
    await expect(users.authenticate(await sign({ username: 'new' }))).rejects.toEqual(unavailable);
    clock += 60 * minute;
    expect(await users.authenticate(await sign())).toEqual(ann);
  });

  it('is refused with the account', async () => {
    readOnlyAdmin = () => Promise.reject(Object.assign(new Error('gone'), { status: 403 }));
    await expect(users.authenticate(await sign())).rejects.toEqual(unauthenticated);
  });
});
