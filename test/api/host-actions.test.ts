import { and, eq } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusters } from '../../src/db/schema/clusters';
import { hostFacts, hosts } from '../../src/db/schema/hosts';
import { makeInventory } from '../domain/cluster/story';
import { findViolations } from '../sim/contract-schema';
import { startTestApi, type TestApi } from './test-api';

let api: TestApi;
let id: string;
let hostId: string;
const path = (action = '') => `/clusters/${id}/hosts/${hostId}${action}`;

async function reply(stepType: string, output: object): Promise<void> {
  const answer = await api.as.agent.post(path('/instructions'), { step_type: stepType, step_id: `${stepType}-1`, exit_code: 0, output: JSON.stringify(output), error: '' });
  expect(answer.status).toBe(204);
  await api.messenger.refresh(id);
}

const setStatus = (status: 'known' | 'insufficient' | 'installing') => api.db.update(hosts).set({ status }).where(and(eq(hosts.clusterId, id), eq(hosts.id, hostId)));
const messages = async () => (await api.as.user.get(`/clusters/${id}/events`)).list.map((event) => String(event['message']));

beforeAll(async () => {
  api = await startTestApi();
  id = String((await api.as.user.post('/clusters', { name: 'actions', openshift_version: '4.8', pull_secret: api.pullSecrets.user })).json['id']);
  hostId = randomUUID();
  await api.as.agent.post(`/clusters/${id}/hosts`, { host_id: hostId });
  await reply('inventory', makeInventory(1, new Date()));
});
afterAll(() => api.close());

describe('disabling and enabling a host', () => {
  it('answers the cluster', async () => {
    const disabled = await api.as.user.delete(path('/actions/enable'));
    expect([disabled.status, findViolations('cluster', disabled.json)]).toEqual([200, []]);
    expect(disabled.json).toMatchObject({ id, total_host_count: 1, hosts: [{ id: hostId, status: 'disabled', requested_hostname: 'server-1' }] });
    expect(disabled.json).not.toHaveProperty('enabled_host_count');
    expect((await api.as.user.delete(path('/actions/enable'))).status).toBe(409);
    expect((await api.as.agent.get(path('/instructions'))).json['instructions']).toEqual([]);

    const enabled = await api.as.user.post(path('/actions/enable'));
    expect([enabled.status, findViolations('cluster', enabled.json)]).toEqual([200, []]);
    expect(enabled.json).toMatchObject({ enabled_host_count: 1, hosts: [{ id: hostId, status: 'discovering' }] });
    expect((enabled.json['hosts'] as object[])[0]).not.toHaveProperty('inventory');
  });

  it('takes the same inventory again', async () => {
    await reply('inventory', makeInventory(1, new Date()));
    expect((await api.as.user.get(path())).json).toHaveProperty('inventory');
  });

  it('is refused for unknown hosts, hosts in a wrong state and by strangers', async () => {
    const conflict = await api.as.user.post(path('/actions/enable'));
    expect([conflict.status, findViolations('error', conflict.json)]).toEqual([409, []]);
    expect((await api.as.user.post(path('/actions/enable').replace(hostId, randomUUID()))).status).toBe(404);
    expect((await api.as.other.delete(path('/actions/enable'))).status).toBe(404);
    expect((await api.as.readOnlyAdmin.delete(path('/actions/enable'))).status).toBe(403);
    expect((await api.as.user.post(path('/actions/enable').replace(hostId, 'x'))).json).toEqual({ code: 601, message: 'host_id in path must be of type uuid' });
  });
});

describe('installer arguments', () => {
  it('are stored as they are given', async () => {
    const { status, json } = await api.as.user.patch(path('/installer-args'), { args: ['--append-karg', 'nameserver=8.8.8.8', '-n'] });
    expect([status, findViolations('host', json)]).toEqual([201, []]);
    expect(json).toMatchObject({ id: hostId, installer_args: '["--append-karg","nameserver=8.8.8.8","-n"]', progress_stages: [], user_name: 'user' });
    expect(json).not.toHaveProperty('requested_hostname');
    expect((await api.as.user.get(path())).json['installer_args']).toBe('["--append-karg","nameserver=8.8.8.8","-n"]');
    expect((await api.as.user.patch(path('/installer-args'), {})).json).not.toHaveProperty('installer_args');
    expect(await messages()).toContainEqual(expect.stringContaining('arguments of the disk installer'));
  });

  it('are refused with the argument that is wrong', async () => {
    const refused = await api.as.user.patch(path('/installer-args'), { args: ['--format-all'] });
    expect([refused.status, findViolations('error', refused.json), refused.json['reason']]).toEqual([400, [], expect.stringContaining('--format-all')]);
    expect((await api.as.user.patch(path('/installer-args'), { args: ['--append-karg', 'a\u0007b'] })).status).toBe(400);
    expect((await api.as.user.patch(path('/installer-args'), { args: '-n' })).json).toMatchObject({ code: 601 });
    expect((await api.as.user.patch(path('/installer-args'))).json).toMatchObject({ code: 602 });
    expect((await api.as.user.patch(path('/installer-args').replace(hostId, randomUUID()), { args: [] })).status).toBe(404);
    expect((await api.as.other.patch(path('/installer-args'), { args: ['-n'] })).status).toBe(404);
  });
});

describe('resetting a validation', () => {
  const reset = (validation: string, client = api.as.user) => client.patch(path(`/actions/reset-validation/${validation}`));

  it('forgets what was measured', async () => {
    const measured = { disksInfo: { '/dev/disk/by-id/wwn-1': { path: '/dev/sda', disk_speed: { tested: true, exit_code: 1 } } }, imagesStatus: { a: { name: 'a', result: 'failure' as const } } };
    await api.db.update(hostFacts).set({ ...measured, hashes: { 'container-image-availability': 'x', inventory: 'y' } }).where(eq(hostFacts.hostId, hostId));
    const disk = await reset('sufficient-installation-disk-speed');
    expect([disk.status, findViolations('host', disk.json)]).toEqual([200, []]);
    expect(disk.json).not.toHaveProperty('disks_info');
    expect(disk.json).toHaveProperty('images_status');
    expect((await reset('container-images-available')).json).not.toHaveProperty('images_status');
    const [row] = await api.db.select().from(hostFacts).where(eq(hostFacts.hostId, hostId));
    expect(row?.hashes).toEqual({ inventory: 'y' });
    expect(row?.inventory).toContain('server-1');
  });

  it('is refused for all others', async () => {
    const refused = await reset('has-inventory');
    expect([refused.status, findViolations('error', refused.json)]).toEqual([400, []]);
    expect((await api.as.user.patch(path('/actions/reset-validation/container-images-available').replace(hostId, randomUUID()))).status).toBe(404);
    await setStatus('installing');
    expect((await reset('container-images-available')).status).toBe(409);
    await setStatus('insufficient');
    expect((await reset('container-images-available', api.as.other)).status).toBe(404);
    expect((await reset('container-images-available', api.as.readOnlyAdmin)).status).toBe(403);
  });
});

describe('free addresses', () => {
  const get = (query: string, client = api.as.user) => client.get(`/clusters/${id}/free_addresses?${query}`);

  it('are those the hosts found', async () => {
    await reply('free-network-addresses', [{ network: '192.168.126.0/24', free_addresses: ['192.168.126.30', '192.168.126.4'] }]);
    await setStatus('insufficient');
    const { status, list } = await get('network=192.168.126.0/24');
    expect([status, list]).toEqual([200, ['192.168.126.4', '192.168.126.30']]);
    expect((await get('network=192.168.126.0/24&limit=1', api.as.readOnlyAdmin)).list).toEqual(['192.168.126.4']);
    expect((await get('network=192.168.126.0/24&prefix=192.168.126.3')).list).toEqual(['192.168.126.30']);
    expect((await get('network=10.0.0.0/8')).list).toEqual([]);
  });

  it.each([
    ['', 602, 'network in query is required'], ['network=x', 605, 'network in query should match'], ['network=10.0.0.0/8&limit=0', 609, 'limit in query should be at least 1'],
    ['network=10.0.0.0/8&limit=8001', 608, 'limit in query should be at most 8000'], ['network=10.0.0.0/8&limit=many', 601, 'limit in query must be of type integer'],
  ])('%j is refused', async (query, code, message) => {
    const answer = await get(query);
    expect([answer.status, answer.json]).toEqual([422, { code, message: expect.stringContaining(message) as string }]);
  });

  it('need hosts and the right to see them', async () => {
    expect((await get('network=10.0.0.0/8', api.as.other)).status).toBe(404);
    const empty = String((await api.as.user.post('/clusters', { name: 'empty', openshift_version: '4.8', pull_secret: api.pullSecrets.user })).json['id']);
    const answer = await api.as.user.get(`/clusters/${empty}/free_addresses?network=10.0.0.0/8`);
    expect([answer.status, findViolations('error', answer.json)]).toEqual([404, []]);
  });
});

describe('hosts of a cluster that is installed as a whole', () => {
  it('are neither installed nor reset one by one', async () => {
    const answers = [await api.as.user.post(path('/actions/install')), await api.as.user.post(path('/actions/reset'))];
    expect(answers.map((answer) => [answer.status, findViolations('error', answer.json)])).toEqual([[409, []], [409, []]]);
    expect((await api.as.user.post(path('/actions/install').replace(hostId, randomUUID()))).status).toBe(404);
    const all = await api.as.user.post(`/clusters/${id}/actions/install_hosts`);
    expect([all.status, all.json['reason']]).toEqual([400, expect.stringContaining('server-1')]);
  });
});

describe('deregistering a host', () => {
  it('is not for strangers', async () => {
    expect((await api.as.other.delete(path())).status).toBe(404);
    expect((await api.as.readOnlyAdmin.delete(path())).status).toBe(403);
    expect((await api.as.agent.delete(path())).status).toBe(401);
  });

  it('takes it out of every answer until it registers again', async () => {
    const answer = await api.as.user.delete(path());
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect((await api.as.user.get(path())).status).toBe(404);
    expect((await api.as.user.get(`/clusters/${id}/hosts`)).list).toEqual([]);
    expect((await api.as.agent.get(path('/instructions'))).status).toBe(404);
    const [row] = await api.db.select().from(hosts).where(eq(hosts.id, hostId));
    expect(row?.deletedAt).toBeInstanceOf(Date);
    expect((await api.as.agent.post(`/clusters/${id}/hosts`, { host_id: hostId })).status).toBe(201);
    const { json } = await api.as.user.get(path());
    expect(json).toMatchObject({ id: hostId, status: 'discovering' });
    for (const forgotten of ['inventory', 'deleted_at', 'installer_args']) expect(json).not.toHaveProperty(forgotten);
  });

  it('is no fault where there is none', async () => {
    const unknown = randomUUID();
    expect((await api.as.user.delete(path().replace(hostId, unknown))).status).toBe(204);
    expect((await api.as.user.get(`/clusters/${id}/events?host_id=${unknown}`)).list).toMatchObject([{ host_id: unknown, severity: 'info' }]);
    expect((await api.as.admin.delete(path().replace(id, randomUUID()))).status).toBe(404);
  });
});

describe('one machine', () => {
  const register = async (name: string): Promise<string> =>
    String((await api.as.user.post('/clusters', { name, openshift_version: '4.8', pull_secret: api.pullSecrets.user })).json['id']);

  it('that boots the image of another cluster is a host of both, each of which can do without it', async () => {
    const [first, second, machine] = [await register('first'), await register('second'), randomUUID()];
    for (const cluster of [first, second]) expect((await api.as.agent.post(`/clusters/${cluster}/hosts`, { host_id: machine })).status).toBe(201);
    expect((await api.as.user.delete(`/clusters/${first}/hosts/${machine}`)).status).toBe(204);
    const polled = await Promise.all([first, second].map((cluster) => api.as.agent.get(`/clusters/${cluster}/hosts/${machine}/instructions`)));
    expect(polled.map(({ status }) => status)).toEqual([404, 200]);
    expect((await api.as.user.get(`/clusters/${second}/hosts/${machine}`)).json).toMatchObject({ id: machine, cluster_id: second, status: 'discovering' });
  });

  it('that registers again and again, as two with the same serial number do, is one host', async () => {
    const [cluster, machine] = [await register('same'), randomUUID()];
    const answers = await Promise.all(Array.from({ length: 5 }, () => api.as.agent.post(`/clusters/${cluster}/hosts`, { host_id: machine })));
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(201));
    expect((await api.as.user.get(`/clusters/${cluster}/hosts`)).list).toMatchObject([{ id: machine, status: 'discovering' }]);
  });

  it('that was deregistered comes back as new only while its cluster takes hosts', async () => {
    const [cluster, machine] = [await register('closed'), randomUUID()];
    await api.as.agent.post(`/clusters/${cluster}/hosts`, { host_id: machine });
    await api.messenger.refresh(cluster);
    expect((await api.as.user.delete(`/clusters/${cluster}/hosts/${machine}`)).status).toBe(204);
    await api.db.update(clusters).set({ status: 'installing' }).where(eq(clusters.id, cluster));
    const refused = await api.as.agent.post(`/clusters/${cluster}/hosts`, { host_id: machine });
    expect([refused.status, refused.json['reason']]).toEqual([409, expect.stringContaining('installing')]);
  });
});
