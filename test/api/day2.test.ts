import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeInventory } from '../domain/cluster/story';
import { WorkflowNotFoundError } from '../../src/temporal/errors';
import { findViolations } from '../sim/contract-schema';
import { rawUploads } from '../store/raw-uploads';
import { startTestApi, type TestApi } from './test-api';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const body = (fields: object = {}) => ({ id: randomUUID(), name: 'running', api_vip_dnsname: 'api.running.example.com', openshift_version: '4.8', ...fields });

async function register(): Promise<string> {
  const { status, json } = await api.as.user.post('/add_hosts_clusters', body());
  expect(status).toBe(201);
  return String(json['id']);
}

async function discover(clusterId: string, index: number): Promise<string> {
  const hostId = randomUUID();
  await api.as.agent.post(`/clusters/${clusterId}/hosts`, { host_id: hostId });
  await api.messenger.refresh(clusterId);
  for (const [stepType, output] of [
    ['inventory', makeInventory(index, new Date())], ['api-vip-connectivity-check', { is_success: true }], ['connectivity-check', { remote_hosts: [] }],
  ] as const) {
    await api.as.agent.post(`/clusters/${clusterId}/hosts/${hostId}/instructions`, { step_type: stepType, step_id: `${stepType}-1`, exit_code: 0, output: JSON.stringify(output), error: '' });
    await api.messenger.refresh(clusterId);
  }
  return hostId;
}

describe('registering a running cluster', () => {
  it('answers it as it is stored', async () => {
    const request = body();
    const { status, json } = await api.as.user.post('/add_hosts_clusters', { ...request, id: request.id.toUpperCase() });
    expect([status, findViolations('cluster', json)]).toEqual([201, []]);
    expect(json).toMatchObject({
      kind: 'AddHostsCluster', id: request.id, name: 'running', status: 'adding-hosts', api_vip_dns_name: 'api.running.example.com', openshift_version: '4.8.14',
      user_name: 'user', hosts: [], host_networks: [], monitored_operators: [], vip_dhcp_allocation: false,
    });
    for (const absent of ['pull_secret_set', 'ams_subscription_id', 'cluster_network_cidr', 'service_network_cidr', 'ocp_release_image']) expect(json).not.toHaveProperty(absent);
    const full = await api.as.user.get(`/clusters/${request.id}`);
    expect([full.status, findViolations('cluster', full.json)]).toEqual([200, []]);
    const image = await api.as.user.post(`/clusters/${request.id}/downloads/image`, {});
    expect([image.status, image.json['reason']]).toEqual([400, expect.stringContaining('pull secret')]);
    expect((await api.as.user.patch(`/clusters/${request.id}`, { pull_secret: api.pullSecrets.user })).json['pull_secret_set']).toBe(true);
    expect((await api.as.user.post(`/clusters/${request.id}/downloads/image`, {})).status).toBe(201);
  });

  it('refuses an id in use, whoever has it', async () => {
    const request = body();
    expect((await api.as.user.post('/add_hosts_clusters', request)).status).toBe(201);
    for (const client of [api.as.user, api.as.other, api.as.admin]) {
      const answer = await client.post('/add_hosts_clusters', request);
      expect([answer.status, findViolations('error', answer.json)]).toEqual([400, []]);
    }
  });

  it('erases a deregistered one of the same user first', async () => {
    const request = body();
    await api.as.user.post('/add_hosts_clusters', request);
    const hostId = await discover(request.id, 1);
    await api.as.user.delete(`/clusters/${request.id}`);
    expect((await api.as.other.post('/add_hosts_clusters', request)).status).toBe(400);
    const again = await api.as.user.post('/add_hosts_clusters', { ...request, name: 'again' });
    expect([again.status, again.json['name'], again.json['hosts']]).toEqual([201, 'again', []]);
    expect((await api.as.user.get(`/clusters/${request.id}/hosts/${hostId}`)).status).toBe(404);
    expect((await api.as.user.get(`/clusters/${request.id}/events`)).list.map((event) => event['message'])).toEqual([expect.stringContaining('"again"')]);
  });

  it('erases one whose workflow is gone, with what a dead worker left of its uploads', async () => {
    const request = body();
    await api.as.user.post('/add_hosts_clusters', request);
    await api.as.user.delete(`/clusters/${request.id}`);
    const { url: endpoint, region, accessKey: accessKeyId, secretKey: secretAccessKey, bucket } = api.bucket;
    const uploads = rawUploads({ endpoint, region, accessKeyId, secretAccessKey, privateBucket: bucket, publicBucket: bucket });
    await uploads.begin(bucket, [`discovery-image-${request.id}.iso`, `${request.id}/logs.tar.gz`]);
    const { messenger } = api.services;
    api.services.messenger = { ...messenger, erase: () => Promise.reject(new WorkflowNotFoundError('test')) };
    const again = await api.as.user.post('/add_hosts_clusters', { ...request, name: 'again' });
    api.services.messenger = messenger;
    expect([again.status, again.json['name']]).toEqual([201, 'again']);
    expect(await uploads.list(bucket)).toEqual([]);
    uploads.close();
  });

  it('gives the same key the same cluster', async () => {
    const [request, key] = [body(), { 'Idempotency-Key': randomUUID() }];
    const statuses = [await api.as.user.post('/add_hosts_clusters', request, key), await api.as.user.post('/add_hosts_clusters', request, key)].map(({ status }) => status);
    expect(statuses).toEqual([201, 201]);
    expect((await api.as.user.post('/add_hosts_clusters', { ...request, name: 'other' }, key)).status).toBe(409);
  });

  it.each([
    ['an unknown version', { openshift_version: '3.11' }, 400], ['an API that is an URL', { api_vip_dnsname: 'http://x/' }, 400], ['an empty name', { name: '' }, 400],
    ['a name that is none', { name: 'a\u0007' }, 400], ['no id', { id: undefined }, 422], ['an id that is none', { id: 'x' }, 422], ['no API', { api_vip_dnsname: undefined }, 422],
  ])('refuses %s', async (_what, fields, expected) => {
    expect((await api.as.user.post('/add_hosts_clusters', body(fields))).status).toBe(expected);
  });

  it('is not for read-only administrators, agents and nobody', async () => {
    const statuses = await Promise.all([api.as.readOnlyAdmin, api.as.agent, api.as.nobody].map(async (client) => (await client.post('/add_hosts_clusters', body())).status));
    expect(statuses).toEqual([403, 401, 401]);
  });
});

describe('adding a host', () => {
  it('stores its ignition and starts its installation', async () => {
    const id = await register();
    const hostId = await discover(id, 1);
    const path = `/clusters/${id}/hosts/${hostId}`;
    expect((await api.as.user.get(path)).json).toMatchObject({ kind: 'AddToExistingClusterHost', status: 'known', role: 'auto-assign' });
    expect((await api.as.other.post(`${path}/actions/install`)).status).toBe(404);
    expect((await api.as.readOnlyAdmin.post(`${path}/actions/install`)).status).toBe(403);
    const installed = await api.as.user.post(`${path}/actions/install`);
    expect([installed.status, findViolations('host', installed.json)]).toEqual([202, []]);
    expect(installed.json).toMatchObject({ id: hostId, status: 'installing', role: 'worker', machine_config_pool_name: 'worker', progress_stages: [] });
    const ignition = await api.as.agent.get(`${path}/downloads/ignition`);
    expect(ignition.status).toBe(200);
    expect(ignition.json).toMatchObject({
      ignition: { config: { merge: [{ source: 'http://api.running.example.com:22624/config/worker' }] } },
      storage: { files: [{ path: '/etc/hostname', contents: { source: 'data:,server-1' } }] },
    });
    const again = await api.as.user.post(`${path}/actions/install`);
    expect([again.status, findViolations('error', again.json)]).toEqual([409, []]);
    const steps = await api.as.agent.get(`${path}/instructions`);
    expect(steps.json['instructions']).toMatchObject([{ step_type: 'install' }]);

    expect((await api.as.other.post(`${path}/actions/reset`)).status).toBe(404);
    const reset = await api.as.user.post(`${path}/actions/reset`);
    expect([reset.status, findViolations('host', reset.json)]).toEqual([200, []]);
    expect(reset.json).toMatchObject({ status: 'resetting-pending-user-action', requested_hostname: 'server-1' });
    expect((await api.as.user.post(`${path}/actions/reset`)).status).toBe(409);
    expect((await api.as.user.post(`${path.replace(hostId, randomUUID())}/actions/reset`)).status).toBe(404);
  });

  it('says why the ignition cannot be made', async () => {
    const id = await register();
    const hostId = await discover(id, 1);
    const { hosts } = await import('../../src/db/schema/hosts');
    await api.db.update(hosts).set({ ignitionConfigOverrides: '{' });
    const refused = await api.as.user.post(`/clusters/${id}/hosts/${hostId}/actions/install`);
    expect([refused.status, refused.json['reason']]).toEqual([409, expect.stringContaining('not valid JSON')]);
    expect((await api.as.user.post(`/clusters/${id}/actions/install_hosts`)).status).toBe(202);
    expect((await api.as.user.get(`/clusters/${id}/hosts/${hostId}`)).json['status']).toBe('known');
    const events = (await api.as.user.get(`/clusters/${id}/events`)).list;
    expect(events.at(-1)).toMatchObject({ host_id: hostId, severity: 'error', message: expect.stringContaining('not valid JSON') as string });
    await api.db.update(hosts).set({ ignitionConfigOverrides: '' });
  });

  it('is done for all that are ready at once', async () => {
    const id = await register();
    expect((await api.as.user.post(`/clusters/${id}/actions/install_hosts`)).status).toBe(202);
    const ready = await discover(id, 1);
    const waiting = randomUUID();
    await api.as.agent.post(`/clusters/${id}/hosts`, { host_id: waiting });
    const answer = await api.as.user.post(`/clusters/${id}/actions/install_hosts`);
    expect([answer.status, findViolations('cluster', answer.json)]).toEqual([202, []]);
    expect(answer.json['status']).toBe('adding-hosts');
    expect((answer.json['hosts'] as Record<string, unknown>[]).map((host) => [host['id'], host['status']])).toEqual([[ready, 'installing'], [waiting, 'discovering']]);
    expect((await api.as.other.post(`/clusters/${id}/actions/install_hosts`)).status).toBe(404);
    expect((await api.as.admin.post(`/clusters/${randomUUID()}/actions/install_hosts`)).status).toBe(404);
  });
});
