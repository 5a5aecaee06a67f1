import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAmsClient } from '../../src/ams/ams-client';
import { createAccessReview } from '../../src/auth/access';
import { createAgentAuthenticator } from '../../src/auth/agent';
import { createUserAuthenticator } from '../../src/auth/oidc';
import { serviceAccount, startTestStandin } from '../ams-standin/test-standin';
import type { TestStandin } from '../ams-standin/test-standin';

let standin: TestStandin;

beforeAll(async () => {
  standin = await startTestStandin();
});
afterAll(() => standin.close());

function makeAll() {
  const ams = createAmsClient({
    baseUrl: standin.url,
    tokenUrl: standin.tokenUrl,
    clientId: serviceAccount.client_id,
    clientSecret: serviceAccount.client_secret,
    timeoutMs: 5000,
  });
  return {
    users: createUserAuthenticator({
      jwksUrl: standin.jwksUrl, cooldownMs: 0, adminUsers: ['ann'], isReadOnlyAdmin: (name) => ams.reviewCapability(name),
    }),
    agents: createAgentAuthenticator({ authorizeToken: (token) => ams.authorizeToken(token) }),
    access: createAccessReview({ reviewAccess: (name) => ams.reviewAccess(name) }),
  };
}

describe('authentication against AMS', () => {
  it('knows users, agents and their roles', async () => {
    const { users, agents, access } = makeAll();
    const actorOf = async (name: string) => users.authenticate(`Bearer ${await standin.userToken(name)}`);
    expect(await actorOf('ann')).toEqual({ kind: 'user', userName: 'ann', orgId: '11', emailDomain: 'example.com', role: 'admin' });
    expect((await actorOf('bob')).role).toBe('read-only-admin');
    expect(await actorOf('colleague')).toMatchObject({ role: 'user', emailDomain: 'Unknown' });
    expect(await agents.authenticate('planted-pull-secret')).toEqual({ kind: 'agent', userName: 'ann', orgId: '11', role: 'user' });
    await expect(agents.authenticate('wrong')).rejects.toMatchObject({ kind: 'unauthenticated' });
    expect([await access.isAllowed('ann'), await access.isAllowed('banned'), access.peek('banned')]).toEqual([true, false, false]);
  });

  it('follows rotated keys, also revoked ones', async () => {
    const { users } = makeAll();
    const before = await standin.userToken('ann');
    await users.authenticate(`Bearer ${before}`);
    await standin.call('', 'POST', '/keys/rotate', { revoke: true });
    expect(await users.authenticate(`Bearer ${await standin.userToken('ann')}`)).toMatchObject({ userName: 'ann' });
    await expect(makeAll().users.authenticate(`Bearer ${before}`)).rejects.toMatchObject({ kind: 'unauthenticated' });
  });

  it('does not blame agents for a service account that AMS does not know', async () => {
    const ams = createAmsClient({
      baseUrl: standin.url, tokenUrl: standin.tokenUrl, clientId: 'unknown', clientSecret: 'x', timeoutMs: 5000,
    });
    const agents = createAgentAuthenticator({ authorizeToken: (token) => ams.authorizeToken(token) });
    await expect(agents.authenticate('planted-pull-secret')).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
