import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createAgentClient } from '../../../src/agent/protocol/agent-client';
import type { Step } from '../../../src/agent/protocol/step';
import { StepRunner } from '../../../src/agent/steps/step-runner';
import { clusterId, ScriptedService, step } from '../../sim/scripted-service';
import { FixtureMachine, type MachineTree } from '../fixture-machine';
import { hostId, serverTree } from '../server';
import { agentOptions } from './play';

const cleanUps: (() => void)[] = [];
afterEach(() => cleanUps.splice(0).forEach((cleanUp) => cleanUp()));

/** What is at each path of a machine: kind and content. */
function contentOf(root: string): Map<string, string> {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => join(root, path));
  return new Map(paths.map((path) => {
    const found = lstatSync(path);
    if (found.isSymbolicLink()) return [path, readlinkSync(path)];
    return [path, found.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'folder'];
  }));
}

/** Every program that could change something is there; what it would be asked is written down. */
const changing = ['coreos-installer', 'fio', 'podman', 'systemctl', 'dd', 'wipefs', 'mkfs', 'mount', 'sh', 'bash', 'reboot'];

const disk = '/dev/disk/by-id/nvme-eui.0025385';
const install = (role: string): string =>
  `dd if=/dev/zero of=/dev/sda bs=512 count=1 ; podman run --name assisted-installer installer --role ${role} --cluster-id ${clusterId} --host-id ${hostId} --boot-device ${disk} --installer-args '["--append-karg","ip=eno1:dhcp"]'`;
const asked: Record<string, Step> = {
  'inventory': step('inventory'),
  'connectivity-check': step('connectivity-check', ['[{"host_id":"1c9b4e52-5f0d-4d2e-9d0a-0f4a6c1f5a11","nics":[]}]']),
  'free-network-addresses': step('free-network-addresses', ['["192.168.126.0/24"]']),
  'ntp-synchronizer': step('ntp-synchronizer', ['{"ntp_source":"10.0.0.1"}']),
  'dhcp-lease-allocate': step('dhcp-lease-allocate', ['{"interface":"eno1","api_vip_mac":"00:1a:4a:b5:4d:cc","ingress_vip_mac":"00:1a:4a:83:b1:f7"}']),
  'api-vip-connectivity-check': step('api-vip-connectivity-check', ['{"url":"http://127.0.0.1:1/config/worker"}']),
  'the disk check': step('installation-disk-speed-check', [JSON.stringify({ path: disk })]),
  'the disk check of a disk that holds something': step('installation-disk-speed-check', ['{"path":"/dev/sda"}']),
  'the images': step('container-image-availability', ['{"images":["127.0.0.1:1/a/b:1"],"timeout":5}']),
  'the installation of a worker': step('install', ['-c', install('worker')]),
  'the logs': step('execute', ['logs_sender', '-url', 'http://service']),
  'the end of the installer': { ...step('execute', ['stop', '-i', '-t', '5', 'assisted-installer']), command: '/usr/bin/podman' },
  'the reset of a bootstrap host': step('reset-installation', ['-c', 'systemctl stop bootkube.service; rm -rf /etc/kubernetes/manifests/*; /usr/bin/podman rm --all -f; systemctl restart agent']),
};

it.each(['with coreos-installer', 'without'])('a dry run carries out every step and changes nothing on a machine %s', async (which) => {
  const service = await new ScriptedService(() => undefined).open();
  const tree = serverTree();
  const programs: NonNullable<MachineTree['programs']> = { ...tree.programs, ...Object.fromEntries(changing.map((name) => [name, () => ({})])), ping: () => ({}), nmap: () => ({}), chronyc: () => ({}), journalctl: () => ({ stdout: 'a line' }) };
  if (which === 'without') delete programs['coreos-installer'];
  const machine = new FixtureMachine({ ...tree, files: { ...tree.files, '/etc/kubernetes/manifests/etcd.yaml': 'etcd', '/opt/openshift/done': '' }, programs });
  cleanUps.push(() => service.close(), () => machine.remove());
  const before = contentOf(machine.root);
  const options = { ...agentOptions, url: service.url, dryRun: true };
  const client = createAgentClient(options);
  await client.registerHost(hostId);
  const lines: string[] = [];

  const ends: Record<string, string> = {};
  for (const [name, one] of Object.entries(asked)) {
    const runner = new StepRunner({ machine, client, fetch, directFetch: fetch, hostId, options, log: (line) => void lines.push(line), signal: new AbortController().signal });
    const answer = await runner.run(one).catch((error: unknown) => ({ exitCode: 1, error: String(error) }));
    ends[name] = `${answer?.exitCode} ${answer?.error}`;
  }

  const missing = '127 neither dhclient nor udhcpc is installed on this machine: it can ask for no lease';
  expect(ends).toEqual({ ...Object.fromEntries(Object.keys(asked).map((name) => [name, '0 '])), 'dhcp-lease-allocate': missing });
  expect(contentOf(machine.root)).toEqual(before);
  expect(machine.calls.filter(([program]) => changing.includes(program ?? ''))).toEqual([]);
  expect(lines.filter((line) => line.startsWith('dry run')).length).toBeGreaterThan(3);
  expect((service.bodies('PUT', '/progress') as { current_stage: string }[]).at(-1)?.current_stage).toBe('Rebooting');
});
