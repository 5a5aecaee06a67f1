import { eq } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { parse } from 'yaml';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clusters } from '../../src/db/schema/clusters';
import { hosts } from '../../src/db/schema/hosts';
import { infraEnvs } from '../../src/db/schema/infra-envs';
import { findViolations } from '../sim/contract-schema';
import { startTestApi, type TestApi } from './test-api';

const hostId = 'bbf2dead-3746-54cb-b32a-917afd236656';
let api: TestApi;
let id: string;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  const body = { name: 'overridden', base_dns_domain: 'example.com', openshift_version: '4.8', pull_secret: api.pullSecrets.user };
  id = String((await api.as.user.post('/clusters', body)).json['id']);
});

const messages = async () => (await api.as.user.get(`/clusters/${id}/events`)).list.map((event) => String(event['message']));
const ignition = (path: string, source = 'data:,hi') => JSON.stringify({ ignition: { version: '3.1.0' }, storage: { files: [{ path, contents: { source } }] } });

describe('the install-config', () => {
  const get = async () => {
    const answer = await api.as.user.get(`/clusters/${id}/install-config`);
    expect(answer.status).toBe(200);
    return parse(answer.json as unknown as string) as Record<string, unknown>;
  };

  it('is shown as an installation would get it, with what the user laid over it', async () => {
    expect(await get()).toMatchObject({ apiVersion: 'v1', baseDomain: 'example.com', metadata: { name: 'overridden' }, fips: false });
    const changed = await api.as.user.patch(`/clusters/${id}/install-config`, JSON.stringify(JSON.stringify({ fips: true, networking: { networkType: 'OVNKubernetes' }, unknown: 1 })));
    expect([changed.status, changed.text]).toEqual([201, '']);
    const config = await get();
    expect(config).toMatchObject({ fips: true, networking: { networkType: 'OVNKubernetes', serviceNetwork: ['172.30.0.0/16'] } });
    expect(config).not.toHaveProperty('unknown');
    expect(await messages()).toContain('The install-config was changed by the user');
    expect((await api.as.user.get(`/clusters/${id}`)).json['install_config_overrides']).toBe('{"fips":true,"networking":{"networkType":"OVNKubernetes"},"unknown":1}');

    expect((await api.as.user.patch(`/clusters/${id}/install-config`, '""')).status).toBe(201);
    expect(await get()).toMatchObject({ fips: false });
  });

  it('shows its secret to those who may see it, and notes that', async () => {
    expect(await get()).toMatchObject({ pullSecret: api.pullSecrets.user });
    expect(await messages()).toContain('User user downloaded the install-config');
  });

  it.each([
    ['text that is no JSON', '"{not json"', 400],
    ['a list', '"[]"', 400],
    ['a nested field of the wrong type', JSON.stringify(JSON.stringify({ controlPlane: { replicas: 'three' } })), 400],
    ['a trust bundle that is none', JSON.stringify(JSON.stringify({ additionalTrustBundle: 'x' })), 400],
    ['a body that is no text', '{}', 422],
    ['a body that is no JSON', 'nothing', 400],
  ])('is not changed by %s', async (_what, body, status) => {
    const answer = await api.as.user.patch(`/clusters/${id}/install-config`, body);
    expect(answer.status).toBe(status);
    if (body.includes('replicas')) expect(String(answer.json['reason'])).toContain('controlPlane.replicas: ');
    expect((await api.as.user.get(`/clusters/${id}`)).json['install_config_overrides']).toBeUndefined();
  });

  it('is that of a cluster that is there', async () => {
    expect((await api.as.admin.get(`/clusters/${randomUUID()}/install-config`)).status).toBe(404);
    const answer = await api.as.admin.patch(`/clusters/${randomUUID()}/install-config`, '"{}"');
    expect([answer.status, findViolations('error', answer.json)]).toEqual([404, []]);
  });
});

describe('the discovery ignition', () => {
  const paths = async () => {
    const answer = await api.as.user.get(`/clusters/${id}/discovery-ignition`);
    expect([answer.status, Object.keys(answer.json)]).toEqual([200, ['config']]);
    const { storage } = JSON.parse(String(answer.json['config'])) as { storage: { files: { path: string }[] } };
    return storage.files.map(({ path }) => path);
  };
  const image = () => api.store.headObject({ bucket: 'private', key: `discovery-image-${id}.iso` });

  it('is shown with what the user laid over it, and an image made before goes', async () => {
    expect(await paths()).toContain('/root/.docker/config.json');
    expect((await api.as.user.post(`/clusters/${id}/downloads/image`, {})).status).toBe(201);
    expect(await image()).toBeDefined();
    const changed = await api.as.user.patch(`/clusters/${id}/discovery-ignition`, { config: ignition('/etc/own') });
    expect([changed.status, changed.text]).toEqual([201, '']);
    expect(await paths()).toEqual(expect.arrayContaining(['/root/.docker/config.json', '/etc/own']));
    expect(await image()).toBeUndefined();
    expect((await api.as.user.get(`/clusters/${id}/downloads/image`)).status).toBe(404);
    expect(await messages()).toEqual(expect.arrayContaining(['The discovery ignition was changed by the user', 'The discovery image was deleted because the discovery ignition changed']));
  });

  it('has the next equal request make another image', async () => {
    await api.as.user.post(`/clusters/${id}/downloads/image`, {});
    await api.as.user.patch(`/clusters/${id}/discovery-ignition`, { config: ignition('/etc/own') });
    await api.db.update(infraEnvs).set({ imageCreatedAt: new Date(Date.now() - 60_000) }).where(eq(infraEnvs.id, id));
    expect((await api.as.user.post(`/clusters/${id}/downloads/image`, {})).status).toBe(201);
    expect((await api.as.user.get(`/clusters/${id}/downloads/image`)).status).toBe(200);
    expect((await messages()).filter((message) => message.startsWith('Discovery image generated'))).toHaveLength(2);
  });

  it('tells of no image where there was none, and is taken away by nothing', async () => {
    await api.as.user.patch(`/clusters/${id}/discovery-ignition`, { config: ignition('/etc/own') });
    expect((await api.as.user.patch(`/clusters/${id}/discovery-ignition`, {})).status).toBe(201);
    expect(await paths()).not.toContain('/etc/own');
    expect((await messages()).filter((message) => message.includes('was deleted'))).toEqual([]);
  });

  it.each([
    ['text that is no JSON', { config: '{' }, 400],
    ['another version', { config: '{"ignition":{"version":"2.2.0"}}' }, 400],
    ['a path that is relative', { config: ignition('etc/own') }, 400],
    ['a source nobody can fetch', { config: ignition('/etc/own', 'ftp://x/y') }, 400],
    ['a body of another shape', { config: 7 }, 422],
  ])('is not changed by %s', async (_what, body, status) => {
    expect((await api.as.user.patch(`/clusters/${id}/discovery-ignition`, body)).status).toBe(status);
    expect(await paths()).not.toContain('/etc/own');
  });

  it.each<[string, object, string]>([
    ['a file in the place of one of our units', { storage: { files: [{ path: '/etc/systemd/system/agent.service' }] } }, 'storage.files[5].path /etc/systemd/system/agent.service is that of a unit in systemd.units'],
    ['a link in the place of a folder of ours', { storage: { links: [{ path: '/etc/NetworkManager', target: '/tmp' }] } }, 'storage.files[2].path /etc/NetworkManager/conf.d/01-ipv6.conf lies behind one of storage.links'],
    ['a second owner of a file of ours', { storage: { files: [{ path: '/etc/motd', user: { id: 0 } }] } }, 'storage.files[1].user has both id and name'],
  ])('is not changed by what is right alone, but not with the rest of it: %s', async (_what, override, reason) => {
    const before = await api.as.user.get(`/clusters/${id}/discovery-ignition`);
    const answer = await api.as.user.patch(`/clusters/${id}/discovery-ignition`, { config: JSON.stringify({ ignition: { version: '3.1.0' }, ...override }) });
    expect([answer.status, findViolations('error', answer.json), answer.json['reason']]).toEqual([400, [], expect.stringContaining(reason)]);
    expect((await api.as.user.get(`/clusters/${id}/discovery-ignition`)).text).toBe(before.text);
    expect(await messages()).not.toContain('The discovery ignition was changed by the user');
  });

  it('is that of a cluster that is there', async () => {
    expect((await api.as.admin.get(`/clusters/${randomUUID()}/discovery-ignition`)).status).toBe(404);
    expect((await api.as.admin.patch(`/clusters/${randomUUID()}/discovery-ignition`, {})).status).toBe(404);
  });
});

describe('the ignition of a host', () => {
  const path = () => `/clusters/${id}/hosts/${hostId}/ignition`;
  beforeEach(async () => {
    await api.as.agent.post(`/clusters/${id}/hosts`, { host_id: hostId });
  });

  it('is shown once an installation has made it', async () => {
    const early = await api.as.user.get(path());
    expect([early.status, findViolations('error', early.json)]).toEqual([409, []]);
    await api.db.update(clusters).set({ status: 'installing' }).where(eq(clusters.id, id));
    await api.db.update(hosts).set({ role: 'worker' }).where(eq(hosts.clusterId, id));
    expect((await api.as.user.get(path())).status).toBe(404);
    await api.store.putObject({ bucket: 'private', key: `${id}/worker-${hostId}.ign` }, '{"ignition":{}}');
    expect((await api.as.user.get(path())).json).toEqual({ config: '{"ignition":{}}' });
  });

  it('is overridden for the next installation, and not any more', async () => {
    const changed = await api.as.user.patch(path(), { config: ignition('/etc/own') });
    expect([changed.status, changed.text]).toEqual([201, '']);
    expect((await api.as.user.get(`/clusters/${id}/hosts/${hostId}`)).json['ignition_config_overrides']).toBe(ignition('/etc/own'));
    expect(await messages()).toContain(`Host ${hostId}: the ignition was changed by the user`);
    expect((await api.as.user.patch(path(), { config: '' })).status).toBe(201);
    expect((await api.as.user.get(`/clusters/${id}/hosts/${hostId}`)).json['ignition_config_overrides']).toBeUndefined();
  });

  it('is not changed by what a host would not take, nor for a host that is not there', async () => {
    const refused = await api.as.user.patch(path(), { config: '{"ignition":{"version":"9.9.9"}}' });
    expect([refused.status, findViolations('error', refused.json)]).toEqual([400, []]);
    expect((await api.as.user.patch(path(), { config: [] })).status).toBe(422);
    expect((await api.as.user.patch(`/clusters/${id}/hosts/${randomUUID()}/ignition`, { config: '' })).status).toBe(404);
    expect((await api.as.user.get(`/clusters/${id}/hosts/${randomUUID()}/ignition`)).status).toBe(404);
  });
});
