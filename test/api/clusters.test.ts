import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import { findViolations } from '../sim/contract-schema';
import { startTestApi, type TestApi } from './test-api';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const registration = (fields: object = {}) => ({ name: 'test', openshift_version: '4.8', base_dns_domain: 'example.com', pull_secret: api.pullSecrets.user, ...fields });
const register = async (fields: object = {}): Promise<string> => String((await api.as.user.post('/clusters', registration(fields))).json['id']);

describe('registering a cluster', () => {
  it('answers the new cluster as the contract describes it', async () => {
    const { status, json } = await api.as.user.post('/clusters/', registration());
    expect(status).toBe(201);
    expect(findViolations('cluster', json)).toEqual([]);
    expect(json).toMatchObject({
      kind: 'Cluster', name: 'test', user_name: 'user', status: 'pending-for-input', openshift_version: '4.8.14', pull_secret_set: true,
      cluster_network_cidr: '10.128.0.0/14', cluster_network_host_prefix: 23, service_network_cidr: '172.30.0.0/16', vip_dhcp_allocation: true,
      user_managed_networking: false, hyperthreading: 'all', hosts: [], host_networks: [],
      href: `/api/assisted-install/v1/clusters/${String(json['id'])}`,
      image_info: { created_at: '0001-01-01T00:00:00.000Z', expires_at: '0001-01-01T00:00:00.000Z' },
      install_started_at: '2000-01-01T00:00:00.000Z', controller_logs_started_at: '0001-01-01T00:00:00.000Z',
    });
    expect(json['created_at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    for (const absent of ['deleted_at', 'ready_host_count', 'total_host_count', 'openshift_cluster_id', 'api_vip', 'high_availability_mode', 'pull_secret']) {
      expect(json).not.toHaveProperty(absent);
    }
  });

  it.each([
    ['an unsupported version', { openshift_version: '3.11' }, '4.8'],
    ['a name with capitals', { name: 'Test' }, 'name'],
    ['an https proxy address', { http_proxy: 'https://proxy.example.com' }, 'http'],
    ['a pull secret that is no JSON', { pull_secret: 'x' }, 'JSON'],
    ['a pull secret without the cluster manager', { pull_secret: JSON.stringify({ auths: { 'quay.io': { auth: Buffer.from('a:b').toString('base64') } } }) }, 'cloud.openshift.com'],
    ['a pull secret that nobody has', { pull_secret: JSON.stringify({ auths: { 'cloud.openshift.com': { auth: Buffer.from('a:b').toString('base64') } } }) }, 'not valid'],
  ])('refuses %s', async (_what, fields, reason) => {
    const before = (await api.as.user.get('/clusters')).list.length;
    const answer = await api.as.user.post('/clusters', registration(fields));
    expect(answer.status).toBe(400);
    expect(findViolations('error', answer.json)).toEqual([]);
    expect(answer.json).toMatchObject({ kind: 'Error', id: 400, code: '400', reason: expect.stringContaining(reason) as string });
    expect((await api.as.user.get('/clusters')).list).toHaveLength(before);
  });

  it('refuses the pull secret of somebody else', async () => {
    const answer = await api.as.user.post('/clusters', registration({ pull_secret: api.pullSecrets.other }));
    expect([answer.status, answer.json['reason']]).toEqual([400, expect.stringContaining('another user')]);
  });

  it.each([
    ['a missing name', { name: undefined }, 602, 'name in body is required'],
    ['a name that is a number', { name: 7 }, 601, 'name in body must be of type string'],
    ['a name that is too long', { name: 'a'.repeat(55) }, 603, 'name in body should be at most 54 chars long'],
    ['an empty name', { name: '' }, 604, 'name in body should be at least 1 chars long'],
    ['a network that is none', { cluster_network_cidr: '10.0.0.0' }, 605, 'cluster_network_cidr in body should match'],
    ['an unknown mode', { high_availability_mode: 'Half' }, 606, 'high_availability_mode in body should be one of [Full None]'],
    ['a prefix beyond all', { cluster_network_host_prefix: 129 }, 608, 'cluster_network_host_prefix in body should be at most 128'],
    ['a prefix below all', { cluster_network_host_prefix: 0 }, 609, 'cluster_network_host_prefix in body should be at least 1'],
    ['a broken prefix', { cluster_network_host_prefix: 2.5 }, 601, 'cluster_network_host_prefix in body must be of type integer'],
  ])('refuses %s with the field', async (_what, fields, code, message) => {
    const answer = await api.as.user.post('/clusters', registration(fields));
    expect(answer.status).toBe(422);
    expect(answer.json).toEqual({ code, message: expect.stringContaining(message) as string });
  });

  it('gives the same key the first cluster, and refuses it for another request', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const first = await api.as.user.post('/clusters', registration({ name: 'once' }), key);
    const again = await api.as.user.post('/clusters', registration({ name: 'once' }), key);
    const another = await api.as.user.post('/clusters', registration({ name: 'twice' }), key);
    expect([first.status, again.status, another.status]).toEqual([201, 201, 409]);
    expect(again.json['id']).toBe(first.json['id']);
    expect((await api.as.user.post('/clusters', registration(), { 'Idempotency-Key': 'with space' })).status).toBe(400);
  });

  it('says 503 while the workflow service is away, and applies the request once when it is asked again', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const name = 'patient';
    api.messenger.away = true;
    const away = await api.as.user.post('/clusters', registration({ name }), key);
    api.messenger.away = false;
    expect([away.status, away.headers.get('Retry-After')]).toEqual([503, '5']);
    expect(findViolations('error', away.json)).toEqual([]);
    expect((await api.as.user.get('/clusters')).list.some((cluster) => cluster['name'] === name)).toBe(false);
    const back = await api.as.user.post('/clusters', registration({ name }), key);
    expect([back.status, back.json['name']]).toEqual([201, name]);
  });
});

describe('reading clusters', () => {
  it('shows users their own, administrators all', async () => {
    const id = await register({ name: 'mine' });
    const seenBy = async (client: TestApi['as']['user']) => (await client.get('/clusters')).list.some((cluster) => cluster['id'] === id);
    expect([await seenBy(api.as.user), await seenBy(api.as.other), await seenBy(api.as.admin), await seenBy(api.as.readOnlyAdmin)]).toEqual([true, false, true, true]);
    const list = await api.as.user.get('/clusters');
    expect(findViolations('cluster-list', list.list)).toEqual([]);
    const filtered = await api.as.user.get(`/clusters?openshift_cluster_id=${randomUUID()}&ams_subscription_ids=a,b`);
    expect([filtered.status, filtered.list]).toEqual([200, []]);
  });

  it('is one with the agents of the owner only', async () => {
    const id = await register();
    const statuses = await Promise.all([api.as.agent, api.as.otherAgent, api.as.other, api.as.nobody].map(async (client) => (await client.get(`/clusters/${id}`)).status));
    expect(statuses).toEqual([200, 404, 404, 401]);
    expect((await api.as.user.get(`/clusters/${randomUUID()}`)).status).toBe(404);
    expect((await api.as.user.get(`/clusters/${id.toUpperCase()}`)).json['id']).toBe(id);
  });

  it('keeps deregistered clusters for administrators', async () => {
    const id = await register();
    const deleted = await api.as.user.delete(`/clusters/${id}`);
    expect([deleted.status, deleted.text]).toEqual([204, '']);
    const header = { get_unregistered_clusters: 'true' };
    expect((await api.as.user.get(`/clusters/${id}`)).status).toBe(404);
    expect((await api.as.user.delete(`/clusters/${id}`)).status).toBe(404);
    const asked = await api.as.user.get(`/clusters/${id}`, header);
    expect([asked.status, findViolations('infra_error', asked.json)]).toEqual([403, []]);
    expect((await api.as.admin.get(`/clusters/${id}`, header)).json['deleted_at']).toBeDefined();
    expect((await api.as.readOnlyAdmin.get('/clusters', header)).list.some((cluster) => cluster['id'] === id)).toBe(true);
  });
});

describe('changing a cluster', () => {
  it('answers 201 with what it is then', async () => {
    const id = await register();
    const { status, json } = await api.as.user.patch(`/clusters/${id}`, {
      name: 'renamed', vip_dhcp_allocation: false, api_vip: '192.168.1.2', ingress_vip: '192.168.1.3', http_proxy: null, pull_secret: '',
    });
    expect(status).toBe(201);
    expect(findViolations('cluster', json)).toEqual([]);
    expect(json).toMatchObject({ name: 'renamed', api_vip: '192.168.1.2', ingress_vip: '192.168.1.3', vip_dhcp_allocation: false });
    expect(json).not.toHaveProperty('pull_secret_set');
    const image = await api.as.user.post(`/clusters/${id}/downloads/image`, {});
    expect([image.status, image.json['reason']]).toEqual([400, expect.stringContaining('pull secret')]);
  });

  it('refuses in order: pull secret, name, key, then what the state forbids; nothing takes effect', async () => {
    const id = await register();
    const bad = { pull_secret: 'x', name: 'Bad', ssh_public_key: 'x' };
    const reason = async (fields: object) => String((await api.as.user.patch(`/clusters/${id}`, fields)).json['reason']);
    expect(await reason(bad)).toContain('pull secret');
    expect(await reason({ ...bad, pull_secret: undefined })).toMatch(/name/i);
    expect(await reason({ ssh_public_key: 'x' })).toMatch(/ssh/i);
    expect(await reason({ hosts_roles: [{ id: randomUUID(), role: 'master' }] })).toMatch(/host/i);
    expect((await api.as.admin.patch(`/clusters/${randomUUID()}`, bad)).status).toBe(400);
    expect((await api.as.admin.patch(`/clusters/${randomUUID()}`, { name: 'fine' })).status).toBe(404);
    expect((await api.as.user.get(`/clusters/${id}`)).json['name']).toBe('test');
  });

  it('refuses what the status does not allow', async () => {
    const id = await register();
    const answers = await Promise.all(['install', 'cancel', 'reset'].map((action) => api.as.user.post(`/clusters/${id}/actions/${action}`)));
    for (const answer of answers) expect([400, 409]).toContain(answer.status);
    for (const answer of answers) expect(String(answer.json['reason'])).not.toBe('');
  });

  it('is not for strangers, agents and read-only administrators', async () => {
    const id = await register();
    const change = (client: TestApi['as']['user']) => client.patch(`/clusters/${id}`, { name: 'taken' }).then(({ status }) => status);
    expect(await Promise.all([change(api.as.other), change(api.as.agent), change(api.as.readOnlyAdmin), change(api.as.nobody)])).toEqual([404, 401, 403, 401]);
    expect((await api.as.admin.patch(`/clusters/${id}`, { name: 'helped' })).status).toBe(201);
  });
});

describe('a cluster in a managed domain', () => {
  it('cannot take a name that exists, whatever is changed', async () => {
    const body = { name: 'taken', openshift_version: '4.8', base_dns_domain: 'managed.example.com', pull_secret: api.pullSecrets.user };
    const id = String((await api.as.user.post('/clusters', body)).json['id']);
    const refused = await api.as.user.patch(`/clusters/${id}`, { additional_ntp_source: 'ntp.example.com' });
    expect([refused.status, refused.json['reason']]).toEqual([409, expect.stringContaining('api.taken.managed.example.com exists already')]);
    expect((await api.as.user.patch(`/clusters/${id}`, { name: 'free' })).status).toBe(201);
    expect((await api.as.user.patch(`/clusters/${id}`, { name: 'taken', base_dns_domain: 'example.org' })).status).toBe(201);
  });
});
