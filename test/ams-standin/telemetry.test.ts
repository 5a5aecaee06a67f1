import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountsPath, reserve, startTestStandin, type TestStandin } from './test-standin';

interface Shown {
  id: string;
  status: string;
  cluster_id: string;
  provenance: string;
  display_name: string;
  plan: { id: string; category: string };
  last_telemetry_date: string;
  last_reconcile_date: string;
  console_url: string;
  metrics?: Record<string, unknown>[];
}

const day = 24 * 3600;
const zeroDate = '0001-01-01T00:00:00Z';
let standin: TestStandin;
let service: string;

beforeAll(async () => {
  standin = await startTestStandin({ environment: { STALE_AFTER_SECONDS: `${2 * day}`, ARCHIVED_AFTER_SECONDS: `${9 * day}` } });
  service = await standin.serviceToken();
});
afterAll(() => standin.close());

const post = (path: string, body: unknown) => fetch(`${standin.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
const notify = (externalClusterId: string, metrics: unknown = {}) =>
  post('/telemetry/notifications', { authorization_token: 'planted-pull-secret', external_cluster_id: externalClusterId, metrics });

async function ageTo(days: number): Promise<void> {
  const response = await post('/aging/run', { now: new Date(Date.now() + days * day * 1000).toISOString() });
  expect(response.status).toBe(200);
}

async function find(externalClusterId: string): Promise<Shown[]> {
  const query = new URLSearchParams({ search: `external_cluster_id = '${externalClusterId}'` });
  const response = await standin.call(service, 'GET', `${accountsPath}/subscriptions?${query.toString()}`);
  return (await response.json() as { items: Shown[] }).items;
}

/** An installed cluster: its subscription is Active. */
async function installed(): Promise<string> {
  const externalClusterId = randomUUID();
  const { id } = await reserve(standin, service, { account_username: 'ann', cluster_id: randomUUID(), display_name: 'running' });
  const change = { external_cluster_id: externalClusterId, console_url: 'https://console.example.com', status: 'Active' };
  expect((await standin.call(service, 'PATCH', `${accountsPath}/subscriptions/${id}`, change)).status).toBe(200);
  return externalClusterId;
}

describe('Telemeter', () => {
  it('adds the metrics of a cluster to its subscription, all fields of them', async () => {
    const externalClusterId = await installed();
    const response = await notify(externalClusterId, { cpu: { total: { value: 12 } }, nodes: { total: 3, master: 3 }, openshift_version: '4.8.14' });
    expect(response.status).toBe(200);
    const [subscription, ...others] = await find(externalClusterId);
    expect(others).toEqual([]);
    expect(subscription).toMatchObject({ status: 'Active', display_name: 'running', console_url: 'https://console.example.com' });
    expect(Date.parse(subscription?.last_telemetry_date ?? '')).toBeGreaterThan(Date.now() - 60_000);
    const none = { value: 0, unit: '' };
    expect(subscription?.metrics).toEqual([{
      health_state: 'healthy',
      query_timestamp: expect.stringMatching(/Z$/),
      memory: { updated_timestamp: zeroDate, used: { value: 0, unit: 'B' }, total: { value: 0, unit: 'B' } },
      cpu: { updated_timestamp: zeroDate, used: none, total: { value: 12, unit: '' } },
      sockets: { updated_timestamp: zeroDate, used: none, total: none },
      compute_nodes_memory: { updated_timestamp: '1970-01-01T00:00:00Z', used: { value: 0, unit: 'B' }, total: { value: 0, unit: 'B' } },
      compute_nodes_cpu: { updated_timestamp: zeroDate, used: none, total: none },
      compute_nodes_sockets: { updated_timestamp: zeroDate, used: none, total: none },
      storage: { updated_timestamp: '1970-01-01T00:00:00Z', used: { value: 0, unit: 'B' }, total: { value: 0, unit: 'B' } },
      nodes: { total: 3, master: 3 },
      operating_system: '',
      upgrade: { updated_timestamp: zeroDate, available: false },
      state: 'ready',
      state_description: '',
      openshift_version: '4.8.14',
      cloud_provider: 'baremetal',
      region: '',
      console_url: '',
      critical_alerts_firing: 0,
      operators_condition_failing: 0,
      subscription_cpu_total: 0,
      subscription_socket_total: 0,
      subscription_obligation_exists: 1,
      cluster_type: '',
    }]);
  });

  it('makes one subscription of a cluster that nobody subscribed, however often and at once it reports', async () => {
    const externalClusterId = randomUUID();
    await Promise.all(Array.from({ length: 5 }, () => notify(externalClusterId)));
    const found = await find(externalClusterId);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ status: 'Active', cluster_id: '', provenance: 'Telemetry', plan: { id: 'OCP', category: '' }, display_name: externalClusterId });
  });

  it('refuses a token that nobody has, and metrics that are none', async () => {
    const body = { authorization_token: 'unknown', external_cluster_id: randomUUID() };
    expect((await post('/telemetry/notifications', body)).status).toBe(404);
    expect((await notify(randomUUID(), { cpu: 'a lot' })).status).toBe(400);
  });
});

describe('a cluster that falls silent', () => {
  it('becomes Stale, later Archived, and Active again with its next metrics', async () => {
    const externalClusterId = await installed();
    const status = async () => (await find(externalClusterId))[0]?.status;
    await notify(externalClusterId);
    await ageTo(1);
    expect(await status()).toBe('Active');
    await ageTo(3);
    expect(await status()).toBe('Stale');
    expect((await find(externalClusterId))[0]?.last_reconcile_date).not.toBe(zeroDate);
    await ageTo(10);
    expect(await status()).toBe('Archived');
    await notify(externalClusterId);
    expect(await status()).toBe('Active');
  });

  it('counts from when it became Active where it never sent metrics; a Reserved subscription does not age', async () => {
    const externalClusterId = await installed();
    const reserved = await reserve(standin, service, { account_username: 'ann', cluster_id: randomUUID(), display_name: 'waiting' });
    await ageTo(30);
    expect((await find(externalClusterId))[0]?.status).toBe('Archived');
    const shown = await standin.call(service, 'GET', `${accountsPath}/subscriptions/${reserved.id}`);
    expect(await shown.json()).toMatchObject({ status: 'Reserved' });
  });
});
