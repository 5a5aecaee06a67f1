import { and, eq } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusters } from '../../src/db/schema/clusters';
import { hosts } from '../../src/db/schema/hosts';
import { clusterValidations } from '../../src/domain/validations/evaluate-cluster';
import { hostValidations } from '../../src/domain/validations/evaluate-host';
import { makeInventory } from '../domain/cluster/story';
import type { Answer } from './test-client';
import { startTestApi, type TestApi } from './test-api';

const unset = '0001-01-01T00:00:00.000Z';
const neverInstalled = '2000-01-01T00:00:00.000Z';
let api: TestApi;
let id: string;
let hostId: string;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

async function register(): Promise<Answer> {
  const answer = await api.as.user.post('/clusters', { name: 'wire', openshift_version: '4.8', base_dns_domain: 'example.com', pull_secret: api.pullSecrets.user });
  expect(answer.status).toBe(201);
  id = String(answer.json['id']);
  return answer;
}

async function discover(): Promise<void> {
  hostId = randomUUID();
  expect((await api.as.agent.post(`/clusters/${id}/hosts`, { host_id: hostId })).status).toBe(201);
  const network = '192.168.126.0/24';
  for (const [type, output] of [['inventory', makeInventory(1, new Date())], ['free-network-addresses', [{ network, free_addresses: ['192.168.126.30'] }]]] as const) {
    const reply = { step_type: type, step_id: `${type}-1`, exit_code: 0, output: JSON.stringify(output), error: '' };
    expect((await api.as.agent.post(`/clusters/${id}/hosts/${hostId}/instructions`, reply)).status).toBe(204);
  }
  await api.messenger.refresh(id);
  await api.db.update(hosts).set({ role: 'master' }).where(eq(hosts.id, hostId));
}

const hostsOf = ({ json }: Answer) => json['hosts'] as Record<string, unknown>[];

describe('a new cluster', () => {
  it('has an image without address, size and type, wherever it is shown', async () => {
    const none = { created_at: unset, expires_at: unset };
    const registered = await register();
    const listed = (await api.as.user.get('/clusters')).list.find((cluster) => cluster['id'] === id);
    const day2 = await api.as.user.post('/add_hosts_clusters', { id: randomUUID(), name: 'more', openshift_version: '4.8', api_vip_dnsname: 'api.example.com' });
    for (const cluster of [registered.json, (await api.as.user.get(`/clusters/${id}`)).json, listed, day2.json]) expect(cluster?.['image_info']).toEqual(none);
  });

  it('shows times that nobody set, and flags that are off, but no empty text, number or other flag', async () => {
    const { json } = await register();
    expect(json).toMatchObject({
      install_started_at: neverInstalled, install_completed_at: neverInstalled, controller_logs_started_at: unset, controller_logs_collected_at: unset,
      vip_dhcp_allocation: true, user_managed_networking: false,
    });
    const day2 = await api.as.user.post('/add_hosts_clusters', { id: randomUUID(), name: 'more', openshift_version: '4.8', api_vip_dnsname: 'api.example.com' });
    expect(day2.json).toMatchObject({ vip_dhcp_allocation: false, user_managed_networking: false, hosts: [], host_networks: [], monitored_operators: [] });
    for (const cluster of [json, day2.json]) {
      expect(Object.entries(cluster).filter(([, value]) => value === '' || value === 0 || value === null)).toEqual([]);
      expect(Object.keys(cluster).filter((name) => cluster[name] === false && name !== 'vip_dhcp_allocation' && name !== 'user_managed_networking')).toEqual([]);
    }
  });
});

describe('a new host', () => {
  it('has the times of what did not begin, and its address below that of its cluster', async () => {
    await register();
    await discover();
    const { json } = await api.as.user.get(`/clusters/${id}/hosts/${hostId}`);
    expect(json).toMatchObject({
      kind: 'Host', href: `/api/assisted-install/v1/clusters/${id}/hosts/${hostId}`,
      stage_started_at: unset, stage_updated_at: unset, logs_started_at: unset, logs_collected_at: unset,
    });
    expect(Object.entries(json).filter(([, value]) => value === '' || value === 0 || value === false || value === null)).toEqual([]);
  });

  it('shows its progress from its first stage on, with the stages of its role', async () => {
    await register();
    await discover();
    expect((await api.as.user.get(`/clusters/${id}/hosts/${hostId}`)).json).not.toHaveProperty('progress');
    const stageStartedAt = new Date('2021-06-20T12:34:56.123Z');
    const stageUpdatedAt = new Date('2021-06-20T12:35:00.000Z');
    await api.db.update(hosts).set({ status: 'installing-in-progress', role: 'worker', stage: 'Writing image to disk', stageInfo: '7%', stageStartedAt, stageUpdatedAt }).where(eq(hosts.id, hostId));
    const { json } = await api.as.user.get(`/clusters/${id}/hosts/${hostId}`);
    expect(json['progress']).toEqual({
      current_stage: 'Writing image to disk', progress_info: '7%', stage_started_at: '2021-06-20T12:34:56.123Z', stage_updated_at: '2021-06-20T12:35:00.000Z',
    });
    // The times outside of the progress are never written.
    expect(json).toMatchObject({ stage_started_at: unset, stage_updated_at: unset });
    expect(json['progress_stages']).toEqual(['Starting installation', 'Installing', 'Writing image to disk', 'Rebooting', 'Waiting for ignition', 'Configuring', 'Joined', 'Done']);
  });

  it('counts as ready in the status known alone, and as enabled unless it is disabled', async () => {
    await register();
    await discover();
    const counts = async (status: 'known' | 'installing' | 'disabled') => {
      await api.db.update(hosts).set({ status }).where(and(eq(hosts.clusterId, id), eq(hosts.id, hostId)));
      const { json } = await api.as.user.get(`/clusters/${id}`);
      return [json['ready_host_count'], json['enabled_host_count'], json['total_host_count']];
    };
    expect(await counts('known')).toEqual([1, 1, 1]);
    expect(await counts('installing')).toEqual([undefined, 1, 1]);
    expect(await counts('disabled')).toEqual([undefined, undefined, 1]);
  });
});

describe('validations_info', () => {
  const orderOf = (text: unknown) => Object.entries(JSON.parse(String(text)) as Record<string, { id: string }[]>);
  const expected = (validations: readonly { id: string; category: string }[]) =>
    [...new Set(validations.map(({ category }) => category))].sort().map((category) => [
      category,
      validations.filter((one) => one.category === category).map((one) => ({ id: one.id, status: expect.any(String) as string, message: expect.any(String) as string })),
    ]);

  it('is a text: categories by name, the results of a cluster by id, those of a host in their own order', async () => {
    await register();
    await discover();
    const answer = await api.as.user.get(`/clusters/${id}`);
    expect(orderOf(answer.json['validations_info'])).toEqual(expected([...clusterValidations].sort((a, b) => (a.id < b.id ? -1 : 1))));
    expect(orderOf(hostsOf(answer)[0]?.['validations_info'])).toEqual(expected(hostValidations));
  });
});

describe('what an answer shows of a host beyond its row', () => {
  const shown = (answer: Answer) => {
    const networks = answer.json['host_networks'] as unknown[] | undefined;
    const host = Array.isArray(answer.json) ? answer.list[0] : networks ? hostsOf(answer)[0] : answer.json;
    if (!host) throw new Error('The answer shows no host.');
    return {
      stages: (host['progress_stages'] as unknown[]).length > 0,
      name: host['requested_hostname'] === 'server-1',
      freeAddresses: 'free_addresses' in host,
      networks: networks && networks.length > 0,
    };
  };
  const onHost = (path: string) => `/clusters/${id}/hosts/${hostId}${path}`;
  const all = { stages: true, name: true, freeAddresses: false, networks: true };
  const named = { stages: true, name: true, freeAddresses: true };
  const row = { stages: false, name: false, freeAddresses: true };

  it.each([
    ['GetCluster', all, 200, () => api.as.user.get(`/clusters/${id}`)],
    ['UpdateCluster', all, 201, () => api.as.user.patch(`/clusters/${id}`, { name: 'other' })],
    ['GenerateClusterISO', all, 201, () => api.as.user.post(`/clusters/${id}/downloads/image`, {})],
    ['ListHosts', { ...all, networks: undefined }, 200, () => api.as.user.get(`/clusters/${id}/hosts`)],
    ['GetHost', { ...all, networks: undefined }, 200, () => api.as.user.get(onHost(''))],
    ['UpdateHostInstallerArgs', { ...row, networks: undefined }, 201, () => api.as.user.patch(onHost('/installer-args'), { args: ['-n'] })],
  ])('%s', async (_operation, expected, status, call) => {
    await register();
    await discover();
    const answer = await call();
    expect([answer.status, shown(answer)]).toEqual([status, expected]);
  });

  it.each([
    ['CancelInstallation', 'installing', { ...named, networks: false }, () => api.as.user.post(`/clusters/${id}/actions/cancel`)],
    ['ResetCluster', 'error', { ...named, networks: false }, () => api.as.user.post(`/clusters/${id}/actions/reset`)],
    ['CompleteInstallation', 'finalizing', { ...row, networks: false }, () => api.as.agent.post(`/clusters/${id}/actions/complete_installation`, { is_success: false, error_info: 'x' })],
  ] as const)('%s', async (_operation, status, expected, call) => {
    await register();
    await discover();
    await api.db.update(clusters).set({ status }).where(eq(clusters.id, id));
    await api.db.update(hosts).set({ status: status === 'error' ? 'error' : 'installing' }).where(eq(hosts.id, hostId));
    const answer = await call();
    expect([answer.status, shown(answer)]).toEqual([202, expected]);
  });
});
