import { eq } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusters } from '../../src/db/schema/clusters';
import { findViolations } from '../sim/contract-schema';
import { startTestApi, type TestApi } from './test-api';

const hostId = 'bbf2dead-3746-54cb-b32a-917afd236656';
let api: TestApi;
let id: string;
beforeAll(async () => {
  api = await startTestApi();
  id = String((await api.as.user.post('/clusters', { name: 'hosts', openshift_version: '4.8', pull_secret: api.pullSecrets.user })).json['id']);
});
afterAll(() => api.close());

const inventory = { hostname: 'server-1', cpu: { count: 4 }, memory: { physical_bytes: 1 }, interfaces: [{ name: 'eth0', ipv4_addresses: ['10.0.0.5/24'] }], disks: [] };

describe('a host', () => {
  it('registers', async () => {
    const { status, json } = await api.as.agent.post(`/clusters/${id}/hosts`, { host_id: hostId.toUpperCase(), discovery_agent_version: 'v1' });
    expect([status, findViolations('host_registration_response', json)]).toEqual([201, []]);
    expect(json).toMatchObject({
      id: hostId, cluster_id: id, kind: 'Host', status: 'discovering', role: 'auto-assign', requested_hostname: hostId, discovery_agent_version: 'v1',
      progress_stages: [], user_name: 'user',
      next_step_runner_command: { command: 'podman', retry_seconds: 60 },
    });
    expect(json).not.toHaveProperty('progress');
    await api.messenger.refresh(id);
  });

  it('is told what to do', async () => {
    const { status, json, headers } = await api.as.agent.get(`/clusters/${id}/hosts/${hostId}/instructions`);
    expect([status, findViolations('steps', json), headers.get('Content-Type')]).toEqual([200, [], 'application/json']);
    expect((await api.as.agent.get(`/clusters/${id}/hosts/${randomUUID()}/instructions`)).status).toBe(404);
  });

  it('answers its steps', async () => {
    const path = `/clusters/${id}/hosts/${hostId}/instructions`;
    const reply = { step_type: 'inventory', step_id: 'inventory-1', exit_code: 0, output: JSON.stringify(inventory), error: '' };
    const answer = await api.as.agent.post(path, reply);
    expect([answer.status, answer.text]).toEqual([204, '']);
    await api.messenger.refresh(id);
    expect((await api.as.agent.post(path)).status).toBe(400);
    expect((await api.as.agent.post(path, { ...reply, step_type: 'dance' })).json).toMatchObject({ code: 606 });
    expect((await api.as.agent.post(path, { ...reply, output: 'no json' })).status).toBe(400);
  });

  it('may tell texts that the database cannot hold, which its firmware pads', async () => {
    const disks = [{ id: '/dev/disk/by-id/\0wwn', path: '/dev/sda\0', name: 'sda\0', drive_type: 'HDD', size_bytes: 500e9, serial: 'S\ud800', installation_eligibility: { eligible: true } }];
    const path = `/clusters/${id}/hosts/${hostId}/instructions`;
    const output = JSON.stringify({ ...inventory, disks });
    expect((await api.as.agent.post(path, { step_type: 'inventory', step_id: 'inventory-2', exit_code: 0, output, error: '' })).status).toBe(204);
    await api.messenger.refresh(id);
    expect((await api.as.user.get(`/clusters/${id}/hosts/${hostId}`)).json).toMatchObject({ installation_disk_path: '/dev/sda' });
  });

  it('is shown with what it told', async () => {
    const list = await api.as.user.get(`/clusters/${id}/hosts`);
    expect(findViolations('host-list', list.list)).toEqual([]);
    const { json } = await api.as.user.get(`/clusters/${id}/hosts/${hostId}`);
    expect(json).toEqual(list.list[0]);
    expect(json).toMatchObject({ requested_hostname: 'server-1' });
    expect(JSON.parse(String(json['inventory']))).toMatchObject({ hostname: 'server-1' });
    expect(json).not.toHaveProperty('free_addresses');
    expect((await api.as.user.get(`/clusters/${id}/hosts/${randomUUID()}`)).status).toBe(404);
  });

  it('counts in its cluster, whose networks name it', async () => {
    const { json } = await api.as.agent.get(`/clusters/${id}`);
    expect(findViolations('cluster', json)).toEqual([]);
    expect(json).toMatchObject({ total_host_count: 1, enabled_host_count: 1, host_networks: [{ cidr: '10.0.0.0/24', host_ids: [hostId] }] });
    expect((json['hosts'] as unknown[]).length).toBe(1);
    const listed = (await api.as.user.get('/clusters')).list.find((cluster) => cluster['id'] === id);
    expect(listed).toMatchObject({ hosts: [], host_networks: [], total_host_count: 1 });
  });

  it('may not report progress of what did not begin', async () => {
    const path = `/clusters/${id}/hosts/${hostId}/progress`;
    const early = await api.as.agent.put(path, { current_stage: 'Installing' });
    expect([early.status, findViolations('error', early.json)]).toEqual([409, []]);
    expect((await api.as.agent.put(path, {})).json).toEqual({ code: 602, message: 'current_stage in body is required' });
    expect((await api.as.agent.put(path.replace(hostId, randomUUID()), { current_stage: 'Installing' })).status).toBe(404);
  });
});

describe('the controller', () => {
  it('reads and reports operators', async () => {
    const path = `/clusters/${id}/monitored_operators`;
    const list = await api.as.agent.get(path);
    expect(findViolations('monitored-operators-list', list.list)).toEqual([]);
    expect(list.list[0]).toMatchObject({ cluster_id: id, name: 'console', operator_type: 'builtin', status_updated_at: '0001-01-01T00:00:00.000Z' });
    expect((await api.as.agent.get(`${path}?operator_name=nothing`)).status).toBe(404);
    const reported = await api.as.agent.put(path, { name: 'console', status: 'available', status_info: 'fine' });
    expect([reported.status, reported.text]).toEqual([200, '']);
    await api.messenger.refresh(id);
    expect((await api.as.agent.get(`${path}?operator_name=console`)).list).toMatchObject([{ status: 'available', status_info: 'fine' }]);
    expect((await api.as.agent.put(path, { name: 'nothing', status: 'available' })).status).toBe(404);
    expect((await api.as.agent.put(path, { name: 'console' })).status).toBe(400);
  });

  it('tells the end', async () => {
    const answer = await api.as.agent.post(`/clusters/${id}/actions/complete_installation`, { is_success: true });
    expect([answer.status, findViolations('cluster', answer.json), answer.json['id']]).toEqual([202, [], id]);
    expect((await api.as.agent.post(`/clusters/${id}/actions/complete_installation`, { is_success: false })).status).toBe(409);
    expect((await api.as.agent.post(`/clusters/${id}/actions/complete_installation`, {})).status).toBe(422);
  });
});

describe('an unknown cluster', () => {
  it('is empty where the contract wants lists, for whoever may see all', async () => {
    const unknown = randomUUID();
    const [events, hosts] = [await api.as.admin.get(`/clusters/${unknown}/events`), await api.as.admin.get(`/clusters/${unknown}/hosts`)];
    expect([events.status, events.list, hosts.status, hosts.list]).toEqual([200, [], 200, []]);
    expect((await api.as.user.get(`/clusters/${unknown}/events`)).status).toBe(404);
    const absent = await api.as.user.get(`/clusters/${unknown}/hosts`);
    expect([absent.status, findViolations('error', absent.json)]).toEqual([404, []]);
  });
});

describe('events', () => {
  it('come in order, filtered by host and category', async () => {
    const all = await api.as.user.get(`/clusters/${id}/events`);
    expect(findViolations('event-list', all.list)).toEqual([]);
    const times = all.list.map((event) => String(event['event_time']));
    expect(times).toEqual([...times].sort());
    expect(all.list[0]).not.toHaveProperty('category');
    const ofHost = await api.as.user.get(`/clusters/${id}/events?host_id=${hostId}&categories=user,metrics`);
    expect(ofHost.list.length).toBeGreaterThan(0);
    expect(new Set(ofHost.list.map((event) => event['host_id']))).toEqual(new Set([hostId]));
    expect((await api.as.user.get(`/clusters/${id}/events?categories=metrics`)).list).toEqual([]);
    expect((await api.as.user.get(`/clusters/${id}/events?host_id=x`)).json).toMatchObject({ code: 601 });
  });
});

describe('raw answers', () => {
  it('show the row as it is stored', async () => {
    await api.db.update(clusters).set({ status: 'error' }).where(eq(clusters.id, id));
    const cancelled = await api.as.user.post(`/clusters/${id}/actions/cancel`);
    // Its host was never installed, so there is nothing to cancel on it.
    expect([cancelled.status, findViolations('error', cancelled.json)]).toEqual([409, []]);
    const completed = await api.as.agent.post(`/clusters/${id}/actions/complete_installation`, { is_success: true });
    const [host] = completed.json['hosts'] as Record<string, unknown>[];
    expect(host).not.toHaveProperty('requested_hostname');
    expect(completed.json['host_networks']).toEqual([]);
  });
});
