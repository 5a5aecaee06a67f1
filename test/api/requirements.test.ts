import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from '../sim/contract-schema';
import { startTestApi, type TestApi } from './test-api';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const register = async (fields: object = {}): Promise<string> =>
  String((await api.as.user.post('/clusters', { name: 'test', openshift_version: '4.8', pull_secret: api.pullSecrets.user, ...fields })).json['id']);
const masters = { cpu_cores: 4, ram_mib: 16_384, disk_size_gb: 120, installation_disk_speed_threshold_ms: 10, network_latency_threshold_ms: 100, packet_loss_percentage: 0 };
const workers = { cpu_cores: 2, ram_mib: 8_192, disk_size_gb: 120, installation_disk_speed_threshold_ms: 10, network_latency_threshold_ms: 1000, packet_loss_percentage: 10 };

describe('the requirements of the hosts of a cluster', () => {
  it('are told for each host, with what the operators take', async () => {
    const clusterId = await register({ olm_operators: [{ name: 'cnv' }] });
    const empty = await api.as.user.get(`/clusters/${clusterId}/host-requirements`);
    expect([empty.status, empty.list]).toEqual([200, []]);
    const hostId = randomUUID();
    await api.as.agent.post(`/clusters/${clusterId}/hosts`, { host_id: hostId });
    const { status, list } = await api.as.readOnlyAdmin.get(`/clusters/${clusterId}/host-requirements`);
    expect([status, findViolations('cluster-host-requirements-list', list)]).toEqual([200, []]);
    expect(list).toEqual([{
      host_id: hostId, ocp: workers, total: { ...workers, cpu_cores: 4, ram_mib: 8_192 + 360 },
      operators: [{ operator_name: 'cnv', requirements: { cpu_cores: 2, ram_mib: 360 } }, { operator_name: 'lso', requirements: {} }],
    }]);
  });

  it('are those of a single node where there is only one', async () => {
    const clusterId = await register({ high_availability_mode: 'None' });
    await api.as.agent.post(`/clusters/${clusterId}/hosts`, { host_id: randomUUID() });
    const { list } = await api.as.user.get(`/clusters/${clusterId}/host-requirements`);
    expect(list).toMatchObject([{ total: { cpu_cores: 8, ram_mib: 32_768 }, operators: [] }]);
  });

  it.each(['host-requirements', 'preflight-requirements'])('are not there for a cluster that is not, or was deregistered: %s', async (what) => {
    const unknown = await api.as.admin.get(`/clusters/${randomUUID()}/${what}`);
    expect([unknown.status, findViolations('error', unknown.json)]).toEqual([404, []]);
    const clusterId = await register();
    await api.as.user.delete(`/clusters/${clusterId}`);
    expect((await api.as.user.get(`/clusters/${clusterId}/${what}`)).status).toBe(404);
    expect((await api.as.user.get(`/clusters/x/${what}`)).status).toBe(422);
  });
});

describe('the preflight requirements', () => {
  it('tell what can be known before any host is', async () => {
    const { status, json } = await api.as.user.get(`/clusters/${await register()}/preflight-requirements`);
    expect([status, findViolations('preflight-hardware-requirements', json)]).toEqual([200, []]);
    expect(json['ocp']).toEqual({ master: { quantitative: masters }, worker: { quantitative: workers } });
    const operators = json['operators'] as { operator_name: string; dependencies: string[]; requirements: Record<string, { quantitative: object; qualitative: string[] }> }[];
    expect(operators.map(({ operator_name, dependencies }) => [operator_name, dependencies])).toEqual([['cnv', ['lso']], ['lso', []], ['ocs', ['lso']]]);
    expect(operators.map(({ requirements }) => [requirements['master']?.quantitative, requirements['worker']?.quantitative])).toEqual([
      [{ cpu_cores: 4, ram_mib: 150 }, { cpu_cores: 2, ram_mib: 360 }],
      [{}, {}],
      [{ cpu_cores: 6, ram_mib: 19_456 }, { cpu_cores: 8, ram_mib: 19_456 }],
    ]);
    expect(operators[2]?.requirements['master']?.qualitative).toContain('For each such disk 2 more CPU cores and 5 GiB more RAM');
    expect(operators[1]?.requirements['worker']?.qualitative).toEqual([]);
  });

  it('ask more of a single node', async () => {
    const { json } = await api.as.user.get(`/clusters/${await register({ high_availability_mode: 'None' })}/preflight-requirements`);
    expect(json['ocp']).toMatchObject({ master: { quantitative: { cpu_cores: 8, ram_mib: 32_768 } }, worker: { quantitative: workers } });
  });
});

describe('the general requirements', () => {
  it('are told by role, RAM in GiB', async () => {
    const { status, json } = await api.as.user.get('/host_requirements');
    expect([status, findViolations('host-requirements', json)]).toEqual([200, []]);
    const rest = { disk_size_gb: 120, installation_disk_speed_threshold_ms: 10 };
    expect(json).toEqual({ master: { cpu_cores: 4, ram_gib: 16, ...rest }, worker: { cpu_cores: 2, ram_gib: 8, ...rest } });
    const single = await api.as.user.get('/host_requirements', { single_node: 'true' });
    expect(single.json).toEqual({ master: { cpu_cores: 8, ram_gib: 32, ...rest }, worker: { cpu_cores: 2, ram_gib: 8, ...rest } });
  });

  it('need a boolean', async () => {
    const answer = await api.as.user.get('/host_requirements', { single_node: 'perhaps' });
    expect([answer.status, answer.json]).toEqual([422, { code: 601, message: 'single_node in header must be of type boolean' }]);
  });
});
