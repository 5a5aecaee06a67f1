import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountsPath, startTestStandin } from './test-standin';
import type { TestStandin } from './test-standin';

const authorizationsPath = '/api/authorizations/v1';
let standin: TestStandin;
let service: string;
let ann: string;

beforeAll(async () => {
  standin = await startTestStandin();
  [service, ann] = await Promise.all([standin.serviceToken(), standin.userToken('ann')]);
});
afterAll(() => standin.close());

async function post(token: string, path: string, body: unknown) {
  const response = await standin.call(token, 'POST', path, body);
  return { status: response.status, body: await response.json() };
}

describe('current_account', () => {
  it('is the account of the token', async () => {
    const response = await standin.call(ann, 'GET', `${accountsPath}/current_account`);
    expect(await response.json()).toMatchObject({
      kind: 'Account', username: 'ann', email: 'ann@example.com', organization: { id: '11', external_id: '11' },
    });
  });
});

describe('token_authorization', () => {
  const path = `${accountsPath}/token_authorization`;

  it('finds the account of a pull secret', async () => {
    expect(await post(service, path, { authorization_token: 'planted-pull-secret' }))
      .toMatchObject({ status: 200, body: { account: { username: 'ann', organization: { id: '11' } } } });
  });

  it('refuses others, banned accounts, and callers that are no service account', async () => {
    expect((await post(service, path, { authorization_token: 'wrong' })).status).toBe(404);
    expect((await post(service, path, { authorization_token: 'banned-pull-secret' })).status).toBe(403);
    expect((await post(service, path, {})).status).toBe(400);
    expect((await post(ann, path, { authorization_token: 'planted-pull-secret' })).status).toBe(403);
  });
});

describe('reviews', () => {
  it.each([
    ['bob', 'bare_metal_installer_admin', 'Account', 'true'],
    ['ann', 'bare_metal_installer_admin', 'Account', 'false'],
    ['bob', 'bare_metal_installer_admin', 'Organization', 'false'],
    ['bob', 'another', 'Account', 'false'],
    ['who', 'bare_metal_installer_admin', 'Account', 'false'],
  ])('capability of %s: %s for %s is %s', async (account_username, capability, type, result) => {
    expect(await post(service, `${authorizationsPath}/capability_review`, { account_username, capability, type }))
      .toEqual({ status: 200, body: { result } });
  });

  it.each([['ann', true], ['banned', false], ['who', false]])('access of %s is %s', async (account_username, allowed) => {
    const request = { account_username, action: 'create', resource_type: 'BareMetalCluster' };
    expect(await post(service, `${authorizationsPath}/access_review`, request)).toEqual({ status: 200, body: { ...request, allowed } });
  });

  it('are for service accounts', async () => {
    const request = { account_username: 'ann', capability: 'x', type: 'Account' };
    expect((await post(ann, `${authorizationsPath}/capability_review`, request)).status).toBe(403);
  });
});
