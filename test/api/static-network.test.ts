import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { intents } from '../../src/db/schema/intents';
import { findDataUrlText } from '../../src/domain/ignition/data-url';
import { parseIgnition } from '../../src/domain/ignition/parse-ignition';
import { createNmstatectlConnections } from '../../src/iso/static-network/nmstatectl-connections';
import { runProgram } from '../../src/programs/run-program';
import { createRecordingProgram } from '../support/recording-program';
import { findViolations } from '../sim/contract-schema';
import { startTestApi, type TestApi } from './test-api';

let api: TestApi;
let id: string;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  id = await register(api);
});

async function register({ as, pullSecrets }: TestApi): Promise<string> {
  const body = { name: 'static', base_dns_domain: 'example.com', openshift_version: '4.8', pull_secret: pullSecrets.user };
  return String((await as.user.post('/clusters', body)).json['id']);
}

const yaml = (address: string) => `interfaces:\n- {name: eth0, type: ethernet, ipv4: {enabled: true, address: [{ip: ${address}, prefix-length: 24}]}}\n`;
const host = (network_yaml: string, ...macs: string[]) => ({ network_yaml, mac_interface_map: macs.map((mac_address, index) => ({ mac_address, logical_nic_name: `eth${index}` })) });
const first = host(yaml('192.0.2.1'), '02:00:00:00:00:01', '02:00:00:00:00:02');
const second = host(yaml('192.0.2.2'), '02:00:00:00:AA:01');
const request = (static_network_config: unknown[], client = api.as.user) => client.post(`/clusters/${id}/downloads/image`, { static_network_config });

describe('a static network in the request for an image', () => {
  it('is kept in its stored form, whatever the order of hosts, and is in the ignition', async () => {
    const made = await request([second, first]);
    expect([made.status, findViolations('cluster', made.json)]).toEqual([201, []]);
    expect(made.json['image_info']).toMatchObject({
      static_network_config: `${yaml('192.0.2.1')}HHHHH02:00:00:00:00:01=eth0\n02:00:00:00:00:02=eth1ZZZZZ${yaml('192.0.2.2')}HHHHH02:00:00:00:AA:01=eth0`,
    });

    const ignition = parseIgnition(String((await api.as.user.get(`/clusters/${id}/discovery-ignition`)).json['config']));
    const files = (ignition.storage?.files ?? []).filter(({ path }) => path.startsWith('/etc/assisted/network/'));
    expect(files.map(({ path, mode }) => [path.replace('/etc/assisted/network/', ''), mode])).toEqual([
      ['host0/eth0.nmconnection', 0o600], ['host0/mac_interface.ini', 0o600], ['host1/eth0.nmconnection', 0o600], ['host1/mac_interface.ini', 0o600],
    ]);
    expect(findDataUrlText(files[2]?.contents?.source ?? '')).toContain('address1=192.0.2.2/24\n');
    expect(findDataUrlText(files[3]?.contents?.source ?? '')).toBe('02:00:00:00:aa:01=eth0\n');
    expect(ignition.storage?.files?.find(({ path }) => path === '/usr/local/bin/pre-network-manager-config.sh')?.mode).toBe(0o755);
    expect(ignition.systemd?.units?.map(({ name, enabled }) => [name, enabled])).toContainEqual(['pre-network-manager-config.service', true]);
  });

  it('leaves no trace in the ignition when there is none', async () => {
    expect((await request([])).status).toBe(201);
    expect((await api.as.user.get(`/clusters/${id}/discovery-ignition`)).text).not.toMatch(/assisted\/network|pre-network-manager/);
  });

  it.each<[string, unknown[], number, string]>([
    ['YAML that is none', [first, host('- [', '02:00:00:00:00:03')], 400, 'static_network_config[1].network_yaml: it is no valid YAML'],
    ['a network that cannot be made', [host('interfaces: [{name: eth0, type: infiniband}]', '02:00:00:00:00:03')], 400, 'static_network_config[0].network_yaml: interfaces[0].type must be one of ethernet, bond, vlan, linux-bridge'],
    ['no interfaces', [{ network_yaml: yaml('192.0.2.1') }], 400, 'static_network_config[0].mac_interface_map is empty'],
    ['an entry without address', [{ network_yaml: yaml('192.0.2.1'), mac_interface_map: [{ logical_nic_name: 'eth0' }] }], 400, 'static_network_config[0].mac_interface_map[0].mac_address must be a MAC address'],
    ['an address that two hosts have', [first, { ...second, mac_interface_map: first.mac_interface_map.slice(0, 1) }], 400, 'static_network_config[1].mac_interface_map[0].mac_address is the same as in static_network_config[0].mac_interface_map[0]'],
    ['an address that is none', [host(yaml('192.0.2.1'), 'nowhere')], 422, 'mac_address'],
  ])('is refused with %s, and nothing is stored', async (_what, hosts, status, message) => {
    const answer = await request(hosts);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(message)]);
    expect((await api.db.select().from(intents).where(eq(intents.clusterId, id))).map(({ body }) => body.operation)).toEqual(['register']);
    expect((await api.as.user.get(`/clusters/${id}`)).json['image_info']).not.toHaveProperty('static_network_config');
  });
});

describe('a static network that nmstatectl checks', () => {
  const program = createRecordingProgram('nmstatectl');
  let served: TestApi;
  beforeAll(async () => {
    served = await startTestApi({ connections: createNmstatectlConnections(program.path, runProgram, { PATH: '/usr/bin:/bin' }) });
  });
  beforeEach(async () => {
    id = await register(served);
  });
  afterAll(async () => {
    await served.close();
    program.remove();
  });

  it('is refused in the words of the program, and only to those who may ask', async () => {
    program.behave({ exitCode: 1, stderr: 'NmstateError: InvalidArgument: no such type\n' });
    expect((await request([first], served.as.other)).status).toBe(404);
    expect(program.calls()).toEqual([]);
    const answer = await request([first], served.as.user);
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('static_network_config[0].network_yaml: nmstatectl does not accept it: NmstateError: InvalidArgument: no such type')]);
    expect(program.calls()).toHaveLength(1);
  });

  it('is neither taken nor refused while the program does not work', async () => {
    program.behave({ signal: 'SIGKILL' });
    const answer = await request([first], served.as.user);
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '5']);
    expect((await served.db.select().from(intents).where(eq(intents.clusterId, id))).map(({ body }) => body.operation)).toEqual(['register']);
  });

  it('is taken when the program makes connections of it', async () => {
    program.behave({ stdout: JSON.stringify({ NetworkManager: [['eth0.nmconnection', '[connection]\nid=eth0\n']] }) });
    expect((await request([first], served.as.user)).status).toBe(201);
    expect((await served.as.user.get(`/clusters/${id}/discovery-ignition`)).text).toContain('eth0.nmconnection');
  });
});
