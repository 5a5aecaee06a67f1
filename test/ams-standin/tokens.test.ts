import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { createDatabase } from '../support/create-database';
import { accountsPath, serviceAccount, startTestStandin, users } from './test-standin';
import type { TestStandin } from './test-standin';

let databaseUrl: string;
let standin: TestStandin;

beforeAll(async () => {
  databaseUrl = await createDatabase();
  standin = await startTestStandin({ databaseUrl });
});
afterAll(() => standin.close());

interface TokenAnswer {
  access_token: string;
  refresh_token?: string;
  token_type: string;
  expires_in: number;
}

async function tokens(form: Record<string, string>, headers?: Record<string, string>): Promise<TokenAnswer> {
  const response = await standin.requestToken(form, headers);
  expect(response.status).toBe(200);
  return await response.json() as TokenAnswer;
}

const passwordGrant = { grant_type: 'password', username: 'ann', password: users[0]?.password ?? '' };

describe('client_credentials', () => {
  const plainBasic = (id: string, secret: string) => ({ authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` });
  const basic = (id: string, secret: string) => plainBasic(encodeURIComponent(id), encodeURIComponent(secret));

  it('takes the secret as Basic credentials, encoded or as it is, or in the form', async () => {
    const { client_id, client_secret } = serviceAccount;
    const byHeader = await tokens({ grant_type: 'client_credentials', client_id, scope: 'openid' }, basic(client_id, client_secret));
    const bySdk = await tokens({ grant_type: 'client_credentials', client_id, scope: 'openid' }, plainBasic(client_id, client_secret));
    const byForm = await tokens({ grant_type: 'client_credentials', client_id, client_secret });
    for (const answer of [byHeader, bySdk, byForm]) {
      expect(answer).toMatchObject({ token_type: 'bearer', expires_in: 900 });
      expect(answer.refresh_token).toBeUndefined();
      expect(decodeJwt(answer.access_token)).toMatchObject({ clientId: client_id, username: `service-account-${client_id}` });
    }
  });

  it('refuses wrong secrets and unknown grants in the shape of OAuth', async () => {
    const { client_id } = serviceAccount;
    const wrong = await standin.requestToken({ grant_type: 'client_credentials', client_id }, basic(client_id, 'wrong'));
    expect([wrong.status, await wrong.json()]).toEqual([401, { error: 'invalid_client', error_description: expect.any(String) }]);
    const grant = await standin.requestToken({ grant_type: 'implicit' });
    expect([grant.status, await grant.json()]).toEqual([400, expect.objectContaining({ error: 'unsupported_grant_type' })]);
    expect((await standin.requestToken({})).status).toBe(400);
  });
});

describe('password', () => {
  it('issues an RS256 token that the published keys verify', async () => {
    const { access_token: token } = await tokens(passwordGrant);
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(standin.jwksUrl)), {
      issuer: 'http://ams.test/auth/realms/redhat-external',
    });
    expect(payload).toMatchObject({
      typ: 'Bearer', username: 'ann', preferred_username: 'ann', org_id: '11', email: 'ann@example.com',
      first_name: 'Ann', last_name: 'Example', scope: 'openid',
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(900);
  });

  it('is for users with a password', async () => {
    for (const [username, password] of [['ann', 'wrong'], ['nopassword', ''], ['who', 'x']] as const) {
      expect((await standin.requestToken({ grant_type: 'password', username, password })).status).toBe(401);
    }
  });

  it('publishes no private part of a key', async () => {
    const { keys } = await (await fetch(standin.jwksUrl)).json() as { keys: Record<string, unknown>[] };
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });
});

describe('refresh_token', () => {
  it('renews access, from offline tokens too', async () => {
    const { refresh_token: refresh = '' } = await tokens(passwordGrant);
    expect(decodeJwt(refresh)).toMatchObject({ typ: 'Refresh', exp: expect.any(Number) });
    const offline = (await tokens({ ...passwordGrant, scope: 'openid offline_access' })).refresh_token ?? '';
    expect(decodeJwt(offline)['typ']).toBe('Offline');
    expect(decodeJwt(offline).exp).toBeUndefined();
    for (const token of [refresh, offline]) {
      const renewed = await tokens({ grant_type: 'refresh_token', client_id: 'cloud-services', refresh_token: token });
      expect(decodeJwt(renewed.access_token)).toMatchObject({ username: 'ann', typ: 'Bearer' });
    }
  });

  it('refuses access tokens, garbage and tokens of another client', async () => {
    const { access_token: access, refresh_token: refresh = '' } = await tokens(passwordGrant);
    for (const form of [
      { refresh_token: access }, { refresh_token: 'garbage' }, {}, { refresh_token: refresh, client_id: 'another' },
    ]) {
      const response = await standin.requestToken({ grant_type: 'refresh_token', ...form });
      expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ error: 'invalid_grant' })]);
    }
  });
});

describe('access', () => {
  it('needs an access token', async () => {
    const { refresh_token: refresh = '' } = await tokens(passwordGrant);
    for (const headers of [{}, { authorization: 'Bearer x.y.z' }, { authorization: `Bearer ${refresh}` }]) {
      const response = await fetch(`${standin.url}${accountsPath}/current_account`, { headers: new Headers(Object.entries(headers)) });
      expect([response.status, await response.json()]).toEqual([401, expect.objectContaining({ kind: 'Error', code: 'ACCT-MGMT-15' })]);
    }
  });
});

describe('signing keys', () => {
  it('survive a restart', async () => {
    const token = await standin.userToken('ann');
    const other = await startTestStandin({ databaseUrl });
    expect((await other.call(token, 'GET', `${accountsPath}/current_account`)).status).toBe(200);
    await other.close();
  });

  it('rotate: the old one verifies until it is revoked', async () => {
    const own = await startTestStandin();
    const rotate = async (revoke: boolean) =>
      expect((await own.call('', 'POST', '/keys/rotate', { revoke })).status).toBe(200);
    const read = async (token: string) => (await own.call(token, 'GET', `${accountsPath}/current_account`)).status;
    const before = await own.userToken('ann');
    await rotate(false);
    const after = await own.userToken('ann');
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid);
    expect([await read(before), await read(after)]).toEqual([200, 200]);
    await rotate(true);
    expect([await read(before), await read(after)]).toEqual([401, 401]);
    await own.close();
  });
});
