import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountsPath, reserve, startTestStandin } from '../test-standin';
import type { TestStandin } from '../test-standin';

interface List {
  kind: string;
  page: number;
  size: number;
  total: number;
  items: { id: string; cluster_id: string; display_name: string }[];
}

const path = `${accountsPath}/subscriptions`;
let standin: TestStandin;
let service: string;
let ann: string;
let bob: string;
let colleague: string;

async function list(token: string, query: Record<string, string>): Promise<List> {
  const response = await standin.call(token, 'GET', `${path}?${new URLSearchParams(query).toString()}`);
  expect(response.status).toBe(200);
  return await response.json() as List;
}

async function names(search: string): Promise<string[]> {
  return (await list(service, { search, order: 'display_name' })).items.map((item) => item.display_name);
}

beforeAll(async () => {
  standin = await startTestStandin();
  [service, ann, bob, colleague] = await Promise.all([
    standin.serviceToken(), standin.userToken('ann'), standin.userToken('bob'), standin.userToken('colleague'),
  ]);
  for (const [account, cluster, name] of [
    ['ann', 'c1', 'alpha'], ['ann', 'c2', 'it\'s 100%'], ['bob', 'c3', 'Gamma'],
  ] as const) {
    await reserve(standin, service, { account_username: account, cluster_id: cluster, display_name: name });
  }
});
afterAll(() => standin.close());

describe('a reserved subscription', () => {
  it('is the complete object', async () => {
    const created = await reserve(standin, service, { account_username: 'bob', cluster_id: 'whole', display_name: 'w' });
    const bobAccount = await (await standin.call(bob, 'GET', `${accountsPath}/current_account`)).json() as { id: string };
    const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(created).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      kind: 'Subscription',
      href: `${path}/${created.id}`,
      plan: {
        id: 'OCP-AssistedInstall', kind: 'Plan', href: `${accountsPath}/plans/OCP-AssistedInstall`,
        type: 'OCP', category: 'AssistedInstall',
      },
      cluster_id: 'whole',
      external_cluster_id: '',
      organization_id: '22',
      last_telemetry_date: '0001-01-01T00:00:00Z',
      created_at: moment,
      updated_at: moment,
      support_level: 'Eval',
      display_name: 'w',
      creator: { id: bobAccount.id, kind: 'Account', href: `${accountsPath}/accounts/${bobAccount.id}` },
      managed: false,
      status: 'Reserved',
      provenance: 'Provisioning',
      last_reconcile_date: '0001-01-01T00:00:00Z',
      console_url: '',
      last_released_at: '0001-01-01T00:00:00Z',
      cloud_provider_id: 'baremetal',
      trial_end_date: '0001-01-01T00:00:00Z',
    });
    expect(await (await standin.call(service, 'GET', `${path}/${created.id}`)).json()).toEqual(created);
  });

  it('is created anew by each call for the same cluster', async () => {
    for (let n = 0; n < 2; n += 1) {
      await reserve(standin, service, { account_username: 'bob', cluster_id: 'twice', display_name: 'twice' });
    }
    expect((await list(service, { search: `cluster_id = 'twice'` })).total).toBe(2);
  });

  it('is not created without reserve, for unknown or banned accounts, or by another user', async () => {
    const post = async (token: string, body: unknown) =>
      standin.call(token, 'POST', `${accountsPath}/cluster_authorizations`, body);
    const review = await post(service, { account_username: 'ann', cluster_id: 'none' });
    expect(await review.json()).toMatchObject({ allowed: true });
    const wanted = { cluster_id: 'none', reserve: true };
    expect((await post(service, { ...wanted, account_username: 'who' })).status).toBe(404);
    expect((await post(service, { ...wanted, account_username: 'banned' })).status).toBe(403);
    expect((await post(bob, { ...wanted, account_username: 'ann' })).status).toBe(403);
    expect((await post(service, { reserve: true })).status).toBe(400);
    expect((await post(service, { ...wanted, account_username: 'ann\0' })).status).toBe(400);
    expect((await list(service, { search: `cluster_id = 'none'` })).total).toBe(0);
  });
});

describe('list', () => {
  it.each([
    [`cluster_id in ('c1', 'c3')`, ['Gamma', 'alpha']],
    [`display_name = 'it''s 100%'`, ['it\'s 100%']],
    [`display_name like '%100\\%'`, ['it\'s 100%']],
    [`display_name like 'gam%'`, []],
    [`display_name ilike 'gam%'`, ['Gamma']],
    [`cluster_id in ('c1', 'c2', 'c3') and not (creator.username = 'ann')`, ['Gamma']],
    [`(cluster_id = 'c1' or cluster_id = 'c2') and organization_id <> '22' and plan.id = 'OCP-AssistedInstall' and managed = 'false'`,
      ['alpha', 'it\'s 100%']],
    [`cluster_id = 'c1' and created_at > '2021-01-01' and external_cluster_id = '' and status = 'Reserved'`, ['alpha']],
    [`cluster_id = ''' or ''1''=''1'`, []],
    [`cluster_id = '''; drop table ams.subscriptions; --'`, []],
  ])('finds %s', async (search, found) => {
    expect((await names(search)).sort()).toEqual([...found].sort());
  });

  it.each([
    { search: `cluster_id = 'x' or 1=1` }, { search: `display_name like '%\\'` }, { search: `created_at > '9999-12-31T99:00Z'` },
    { order: 'kid' }, { page: '0' }, { size: '-1' }, { size: 'many' },
  ])('refuses %j', async (query) => {
    const response = await standin.call(service, 'GET', `${path}?${new URLSearchParams(Object.entries(query)).toString()}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ kind: 'Error', id: '21', code: 'ACCT-MGMT-21', reason: expect.any(String) });
  });

  it('pages without gaps', async () => {
    const search = `cluster_id in ('c1', 'c2', 'c3')`;
    const order = 'cluster_id desc';
    const first = await list(service, { search, order, page: '1', size: '2' });
    const second = await list(service, { search, order, page: '2', size: '2' });
    expect(first).toMatchObject({ kind: 'SubscriptionList', page: 1, size: 2, total: 3 });
    expect([...first.items, ...second.items].map((item) => item.cluster_id)).toEqual(['c3', 'c2', 'c1']);
  });

  it('shows users what belongs to their organisation', async () => {
    const search = `cluster_id in ('c1', 'c2', 'c3') or cluster_id like '%'`;
    const owners = async (token: string) =>
      [...new Set((await list(token, { search })).items.map((item) => (item as unknown as { organization_id: string }).organization_id))];
    expect(await owners(ann)).toEqual(['11']);
    expect(await owners(colleague)).toEqual(['11']);
    expect(await owners(bob)).toEqual(['22']);
  });
});

describe('get, patch and delete', () => {
  it('change what is given, nothing else', async () => {
    const { id } = await reserve(standin, service, { account_username: 'ann', cluster_id: 'p', display_name: 'old' });
    const patched = await standin.call(service, 'PATCH', `${path}/${id}`, {
      kind: 'Subscription', id: 'other', external_cluster_id: 'ext', console_url: 'https://console.example.com', status: 'Active',
    });
    expect(patched.status).toBe(200);
    expect(await patched.json()).toMatchObject({
      id, display_name: 'old', external_cluster_id: 'ext', console_url: 'https://console.example.com', status: 'Active',
    });
    expect((await standin.call(service, 'PATCH', `${path}/${id}`, { status: 'Wrong' })).status).toBe(400);
    expect((await standin.call(service, 'PATCH', `${path}/${id}`, {})).status).toBe(200);
  });

  it('delete a Reserved one only, by its creator or the service account', async () => {
    const { id } = await reserve(standin, service, { account_username: 'ann', cluster_id: 'd', display_name: 'd' });
    expect((await standin.call(bob, 'DELETE', `${path}/${id}`)).status).toBe(404);
    expect((await standin.call(colleague, 'DELETE', `${path}/${id}`)).status).toBe(403);
    expect((await standin.call(colleague, 'PATCH', `${path}/${id}`, { display_name: 'x' })).status).toBe(403);
    expect((await standin.call(service, 'PATCH', `${path}/${id}`, { status: 'Active' })).status).toBe(200);
    expect((await standin.call(ann, 'DELETE', `${path}/${id}`)).status).toBe(409);
    expect((await standin.call(service, 'PATCH', `${path}/${id}`, { status: 'Reserved' })).status).toBe(200);
    expect((await standin.call(ann, 'DELETE', `${path}/${id}`)).status).toBe(204);
    expect((await standin.call(ann, 'DELETE', `${path}/${id}`)).status).toBe(404);
  });

  it('answer 404 in the shape of OCM for what is not there', async () => {
    for (const id of ['1svZIyseCY2KM9J1V0OYaAIxWjB', '%00', 'a%27b']) {
      const response = await standin.call(service, 'GET', `${path}/${id}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({
        kind: 'Error', id: '7', href: `${accountsPath}/errors/7`, code: 'ACCT-MGMT-7', reason: expect.stringContaining('not found'),
      });
    }
  });
});
