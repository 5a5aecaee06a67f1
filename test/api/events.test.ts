import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refreshCluster } from '../../activities/refresh-cluster';
import { clusters } from '../../src/db/schema/clusters';
import { events } from '../../src/db/schema/events';
import { hosts } from '../../src/db/schema/hosts';
import type { HostStatus } from '../../src/domain/host/status';
import { provenIn } from '../domain/events/where-proven';
import { findViolations } from '../sim/contract-schema';
import { startTestApi, type TestApi } from './test-api';

let api: TestApi;
let id: string;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  id = String((await api.as.user.post('/clusters', { name: 'events', base_dns_domain: 'example.com', openshift_version: '4.8', pull_secret: api.pullSecrets.user })).json['id']);
});

const stored = async (name: string, clusterId = id) => (await api.db.select().from(events).where(eq(events.clusterId, clusterId))).filter((event) => event.name === name);
const registerHost = async (hostId: string = randomUUID()): Promise<string> => {
  await api.as.agent.post(`/clusters/${id}/hosts`, { host_id: hostId, discovery_agent_version: 'v1' });
  await api.messenger.refresh(id);
  return hostId;
};
const be = (hostId: string, status: HostStatus) => api.db.update(hosts).set({ status }).where(eq(hosts.id, hostId));

describe('registrations', () => {
  it('of clusters that are refused are told under the id they would have had', async () => {
    const count = async (name: string) => (await api.db.select().from(events).where(eq(events.name, name))).length;
    const before = await count('cluster_register_failed');
    expect((await api.as.user.post('/clusters', { name: 'wrong', openshift_version: '3.11', pull_secret: api.pullSecrets.user })).status).toBe(400);
    expect(await count('cluster_register_failed')).toBe(before + 1);
    const own = randomUUID();
    const body = { id: own, name: 'day2', api_vip_dnsname: 'api.example.com', openshift_version: '4.8' };
    expect((await api.as.user.post('/add_hosts_clusters', body)).status).toBe(201);
    expect((await api.as.user.post('/add_hosts_clusters', body)).status).toBe(400);
    expect((await api.as.user.post('/add_hosts_clusters', body)).status).toBe(400);
    expect(await stored('add_hosts_cluster_register_failed', own)).toMatchObject([{ severity: 'error', count: 2, props: { name: 'day2' } }]);
    expect(await stored('add_hosts_cluster_registered', own)).toHaveLength(1);
  });

  it('of hosts that are refused are told once for each reason, counted', async () => {
    const hostId = await registerHost();
    await be(hostId, 'installed');
    for (let attempt = 0; attempt < 3; attempt += 1) expect((await api.as.agent.post(`/clusters/${id}/hosts`, { host_id: hostId })).status).toBe(400);
    expect(await stored('host_register_failed')).toMatchObject([{ hostId, severity: 'error', count: 3, props: { obstacle: 'state' } }]);
    await api.db.update(clusters).set({ status: 'installing' }).where(eq(clusters.id, id));
    expect((await api.as.agent.post(`/clusters/${id}/hosts`, { host_id: randomUUID() })).status).toBe(409);
    expect((await stored('host_register_failed')).map((event) => event.props?.['obstacle'])).toEqual(['state', 'not accepting']);
  });

  it('of hosts that cannot be stored are told', async () => {
    const hostId = randomUUID();
    await api.db.execute(sql.raw(`ALTER TABLE hosts ADD CONSTRAINT not_this_one CHECK (id <> '${hostId}')`));
    expect((await api.as.agent.post(`/clusters/${id}/hosts`, { host_id: hostId })).status).toBe(500);
    await api.db.execute(sql`ALTER TABLE hosts DROP CONSTRAINT not_this_one`);
    expect(await stored('host_register_failed')).toMatchObject([{ hostId, props: { obstacle: 'properties' } }]);
  });
});

describe('the discovery image', () => {
  it('is told of from its making to its end', async () => {
    const path = `/clusters/${id}/downloads/image`;
    expect((await api.as.user.get(path)).status).toBe(404);
    expect((await api.as.user.post(path, {})).status).toBe(201);
    for (let times = 0; times < 2; times += 1) expect((await api.as.user.get(path)).status).toBe(200);
    expect((await api.as.user.get(path, { Range: 'bytes=2-10' })).status).toBe(206);
    await api.store.deleteObject({ bucket: 'private', key: `discovery-image-${id}.iso` });
    expect((await api.as.user.get(path)).status).toBe(404);
    expect((await api.as.user.patch(`/clusters/${id}/discovery-ignition`, { config: '{"ignition":{"version":"3.1.0"}}' })).status).toBe(201);
    expect(await stored('image_generated')).toHaveLength(1);
    expect(await stored('image_download_started')).toMatchObject([{ count: 2, props: { imageType: 'full-iso' } }]);
    expect((await stored('image_download_failed')).map((event) => event.props?.['obstacle'])).toEqual(['absent', 'storage']);
    expect(await stored('image_deleted_ignition_changed')).toHaveLength(1);
    // Two whole downloads, and the pieces of one caller within an hour.
    expect(await stored('secret_downloaded')).toHaveLength(3);
  });
});

describe('hosts', () => {
  it('whose command to install is sent have their bootable disks named once, however often they ask', async () => {
    const hostId = await registerHost();
    const disks = [{ id: 'disk-1', name: 'sda', drive_type: 'HDD', size_bytes: 500e9, bootable: true, installation_eligibility: { eligible: true } }];
    const inventory = { hostname: 'server-1', cpu: { count: 4 }, memory: { physical_bytes: 1 }, interfaces: [], disks };
    await api.as.agent.post(`/clusters/${id}/hosts/${hostId}/instructions`, { step_type: 'inventory', step_id: 'inventory-1', exit_code: 0, output: JSON.stringify(inventory), error: '' });
    await api.messenger.refresh(id);
    await be(hostId, 'installing');
    await api.as.agent.put(`/clusters/${id}/hosts/${hostId}/logs_progress`, { logs_state: 'requested' });
    for (let poll = 0; poll < 3; poll += 1) {
      const { json } = await api.as.agent.get(`/clusters/${id}/hosts/${hostId}/instructions`);
      expect(JSON.stringify(json)).toContain('"install"');
    }
    expect(await stored('host_disk_formatted')).toMatchObject([{ hostId, count: 1, props: { disk: '/dev/sda' } }]);
  });

  it('that cannot be read are told of where their user switches them off', async () => {
    const hostId = await registerHost();
    await api.db.update(hosts).set({ validationsInfo: '{' }).where(eq(hosts.id, hostId));
    expect((await api.as.user.delete(`/clusters/${id}/hosts/${hostId}/actions/enable`)).status).toBe(500);
    expect(await stored('host_refresh_failed')).toMatchObject([{ hostId, severity: 'error' }]);
  });
});

describe('GET events', () => {
  it('answers what users see, and with its category what is measured', async () => {
    const hostId = await registerHost();
    await api.db.update(hosts).set({ status: 'installing-in-progress', role: 'master', stage: 'Joined', stageStartedAt: new Date(Date.now() - 60_000) }).where(eq(hosts.id, hostId));
    expect((await api.as.agent.put(`/clusters/${id}/hosts/${hostId}/progress`, { current_stage: 'Done' })).status).toBe(200);
    await api.messenger.refresh(id);
    const user = (await api.as.user.get(`/clusters/${id}/events`)).list;
    const metrics = (await api.as.user.get(`/clusters/${id}/events?categories=metrics`)).list;
    const both = (await api.as.user.get(`/clusters/${id}/events?categories=metrics,user`)).list;
    expect(findViolations('event-list', both)).toEqual([]);
    expect(metrics.map((event) => event['message'])).toEqual(expect.arrayContaining(['host.stage.duration', 'host.mem.cpu']));
    expect(JSON.parse(String(metrics.find((event) => event['message'] === 'host.stage.duration')?.['props']))).toMatchObject({ host_stage: 'Joined', result: 'Done' });
    expect(user.some((event) => String(event['message']).startsWith('host.'))).toBe(false);
    expect(both).toHaveLength(user.length + metrics.length);
    expect(both.map((event) => String(event['event_time']))).toEqual(both.map((event) => String(event['event_time'])).sort());
  });
});

it('a refresh whose answer was lost is not counted again', async () => {
  const { body } = await api.metrics.render();
  const creations = (text: string) => text.split('\n').filter((line) => line.startsWith(`service_assisted_installer_cluster_creations{`) && line.includes(id));
  expect(creations(body)).toHaveLength(1);
  expect(creations(body)[0]).toMatch(/ 1$/);
  const request = { clusterId: id, refreshId: 'again', revision: Number.MAX_SAFE_INTEGER, now: Date.now(), intents: [], refusals: [], outcomes: [] };
  await expect(refreshCluster(api.activityDeps, request)).rejects.toThrow();
  const subscribed = { ...request, revision: await api.messenger.revisionOf(id), outcomes: [{ at: Date.now(), outcome: { kind: 'imageBuildFailed', reason: 'no' } as const }] };
  await refreshCluster(api.activityDeps, subscribed);
  await refreshCluster(api.activityDeps, { ...subscribed, revision: await api.messenger.revisionOf(id) });
  expect(await stored('image_generate_failed')).toMatchObject([{ count: 1 }]);
});

it('every event that is proven here was stored', async () => {
  const names = new Set((await api.db.selectDistinct({ name: events.name }).from(events)).map((event) => event.name));
  expect(provenIn('api/events.test.ts').filter((name) => !names.has(name))).toEqual([]);
});
