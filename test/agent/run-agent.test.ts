import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { AgentOptions } from '../../src/agent/options';
import { type AgentClient, createAgentClient } from '../../src/agent/protocol/agent-client';
import { agentRetryRules } from '../../src/agent/protocol/retry-rules';
import type { StepReply } from '../../src/agent/protocol/step';
import { runAgent } from '../../src/agent/run-agent';
import { unpackCpio } from '../iso/unpack-cpio';
import { createCheckingFetch } from '../sim/checking-fetch';
import { clusterId, type Script, ScriptedService, step, steps } from '../sim/scripted-service';
import { FixtureMachine, type MachineTree } from './fixture-machine';
import { embedArea, hostId, makeLiveImage, serverTree } from './server';
import { eventually } from '../support/eventually';

const cleanUps: (() => void)[] = [];
afterEach(() => cleanUps.splice(0).forEach((cleanUp) => cleanUp()));

async function start(script: Script, { tree = serverTree(), client = {}, ...more }: Partial<AgentOptions> & { tree?: MachineTree; client?: Partial<AgentClient> } = {}) {
  const service = await new ScriptedService(script).open();
  const machine = new FixtureMachine(tree);
  cleanUps.push(() => service.close(), () => machine.remove());
  const { fetch, traffic } = createCheckingFetch();
  const options: AgentOptions = {
    url: service.url, clusterId, agentImage: 'registry.example.com:5000/agent:v1', token: 'token', insecure: false, caCertificate: undefined,
    dryRun: false, overwriteDisks: false, image: undefined, ...more,
  };
  const lines: string[] = [];
  const stop = new AbortController();
  // A second of the protocol is a tenth of a millisecond here.
  const done = runAgent({ options, machine, client: { ...createAgentClient({ ...options, fetch }), ...client }, fetch, directFetch: fetch, rules: agentRetryRules, toMs: (seconds) => seconds / 10, log: (line) => lines.push(line) }, stop.signal)
    .then(() => 'installed', (error: unknown) => error);
  cleanUps.push(() => stop.abort());
  return { service, machine, traffic, lines, done, replies: () => service.bodies('POST', '/instructions') as StepReply[], stop: () => (stop.abort(new Error('switched off')), done) };
}

const isPoll = ({ method, path }: { method: string; path: string }): boolean => method === 'GET' && path.endsWith('/instructions');
const refuse = (status: number) => ({ status, body: { kind: 'Error', id: status, href: '', code: String(status), reason: 'no' } });
const installer = (device: string, clear: string[] = []): string[] => [
  '-c', `${clear.map((disk) => `dd if=/dev/zero of=${disk} bs=512 count=1 ; `).join('')}podman run --name assisted-installer quay.example.com/installer --role worker --cluster-id ${clusterId} --host-id ${hostId} --boot-device ${device} --installer-args '["--append-karg","ip=eno1:dhcp"]'`,
];

describe('the agent', () => {
  it('registers with the id of its motherboard, reports its inventory once, and again after a poll that failed', async () => {
    let polls = 0;
    let failed = false;
    const run = await start((call, service) => {
      if (!isPoll(call)) return undefined;
      polls++;
      if (failed || service.bodies('POST', '/instructions').length === 0) return steps(step('inventory'));
      failed = true;
      return refuse(503);
    });
    await eventually(() => expect(run.replies().length).toBe(2));
    const answered = polls;
    await eventually(() => expect(polls).toBeGreaterThan(answered + 10));
    await run.stop();
    expect(run.service.bodies('POST', '/hosts')).toEqual([{ host_id: hostId, discovery_agent_version: 'v1' }]);
    expect(run.replies().map(({ step_type: type, exit_code: code }) => [type, code])).toEqual([['inventory', 0], ['inventory', 0]]);
    expect(run.traffic.violations).toEqual([]);
  });

  it.each([401, 403, 404, 409])('sleeps for good when its registration is answered %i', async (status) => {
    const run = await start((call) => (call.method === 'POST' && call.path === '/hosts' ? refuse(status) : undefined));
    await eventually(() => expect(run.lines.some((line) => line.startsWith('sleeps until the machine is restarted'))).toBe(true));
    await run.stop();
    expect(run.service.calls.length).toBe(1);
  });

  it.each([401, 404])('sleeps for good when a poll is answered %i', async (status) => {
    const run = await start((call) => (isPoll(call) ? refuse(status) : undefined));
    await eventually(() => expect(run.lines.some((line) => line.startsWith('sleeps until the machine is restarted'))).toBe(true));
    await run.stop();
    expect(run.service.calls.filter(isPoll).length).toBe(1);
  });

  it('registers again and again while the service fails', async () => {
    let tries = 0;
    const run = await start((call) => (call.method === 'POST' && call.path === '/hosts' && ++tries < 4 ? refuse(tries === 1 ? 400 : 500) : undefined));
    await eventually(() => expect(run.service.calls.some(isPoll)).toBe(true));
    await run.stop();
    expect(tries).toBe(4);
  });

  it('registers anew after a reset and when its polling is over', async () => {
    // It polls on while it carries out a step, so what it is told depends on the life it is in.
    const run = await start((call, service) => {
      if (!isPoll(call)) return undefined;
      const lives = service.bodies('POST', '/hosts').length;
      if (lives === 1) return steps(step('reset-installation', ['-c', '/usr/bin/podman rm --all -f; systemctl restart agent']));
      return lives === 2 ? { status: 200, body: { next_instruction_seconds: 60, post_step_action: 'exit', instructions: null } } : undefined;
    });
    await eventually(() => expect(run.service.bodies('POST', '/hosts').length).toBe(3));
    await run.stop();
    expect(run.replies()).toMatchObject([{ step_type: 'reset-installation', exit_code: 0 }]);
  });

  it.each([
    ['a minute, as it was told, when its polling is over', 60, 60], ['an hour, not told how long, when its polling is over', undefined, 3600],
  ])('waits %s before it registers anew', async (_what, told, seconds) => {
    const runner = { command: 'podman', args: ['run', 'agent', 'next_step_runner', '--cluster-id', clusterId, '--host-id', hostId], ...(told === undefined ? {} : { retry_seconds: told }) };
    const run = await start((call) => {
      if (isPoll(call)) return { status: 200, body: { next_instruction_seconds: 60, post_step_action: 'exit', instructions: null } };
      return call.method === 'POST' && call.path === '/hosts' ? { status: 201, body: { id: hostId, href: '', kind: 'Host', status: 'discovering', status_info: '', next_step_runner_command: runner } } : undefined;
    });
    await eventually(() => expect(run.service.bodies('POST', '/hosts').length).toBeGreaterThan(1));
    await run.stop();
    expect(new Set(run.machine.pauses)).toEqual(new Set([seconds / 10]));
  });

  it('registers anew, after the same wait, when its polling breaks off by a fault of its own; what ran is ended', async () => {
    let polls = 0;
    let download: AbortSignal | undefined;
    const run = await start(() => undefined, {
      client: {
        getNextSteps: async () => {
          polls++;
          if (download && polls < 1_000) {
            polls = 1_000;
            throw new TypeError('a fault of ours');
          }
          return { next_instruction_seconds: 1, post_step_action: 'continue', instructions: polls === 1 ? [step('install', installer('/dev/nvme0n1'))] : [], ignored: [] };
        },
        downloadHostIgnition: (_id, signal) => new Promise((_resolve, reject) => {
          download = signal;
          signal?.addEventListener('abort', () => reject(new Error('given up')));
        }),
      },
    });
    await eventually(() => expect(run.service.bodies('POST', '/hosts').length).toBe(2));
    await eventually(() => expect(polls).toBeGreaterThan(1_003));
    await run.stop();
    expect([download?.aborted, run.machine.pauses, run.replies()]).toEqual([true, [6], []]);
    expect(run.lines.filter((line) => line.startsWith('polling broke off: TypeError: a fault of ours')).length).toBe(1);
  });

  it('answers what it does not know, and what its machine lacks, with a failure; it runs nothing of what it was sent', async () => {
    const sent = [
      step('domain-resolution'), { ...step('execute', ['-c', 'rm -rf /']), command: 'bash' },
      step('ntp-synchronizer', ['{"ntp_source":"$(reboot)"}']), step('container-image-availability', ['{"images":["--help"]}']),
      step('dhcp-lease-allocate', ['{"interface":"eno1","api_vip_mac":"00:1a:4a:b5:4d:cc","ingress_vip_mac":"00:1a:4a:83:b1:f7"}']),
      step('connectivity-check', ['[{"host_id":"1c9b4e52-5f0d-4d2e-9d0a-0f4a6c1f5a11","nics":[]}]']), step('free-network-addresses', ['["192.168.126.0/24"]']),
    ];
    const run = await start((call) => (isPoll(call) ? steps(...sent) : undefined));
    await eventually(() => expect(new Set(run.replies().map((reply) => reply.error)).size).toBe(sent.length));
    await run.stop();
    const errors = Object.fromEntries(run.replies().map((reply) => [reply.step_type, `${reply.exit_code} ${reply.error}`]));
    expect(errors).toEqual({
      'domain-resolution': '-1 this agent does not know what to do for a step of type domain-resolution with this command',
      execute: '-1 this agent does not know what to do for a step of type execute with this command',
      'ntp-synchronizer': '127 chronyc is not installed on this machine',
      'container-image-availability': '1 the step has no request in its arguments',
      'dhcp-lease-allocate': '127 neither dhclient nor udhcpc is installed on this machine: it can ask for no lease',
      'connectivity-check': '127 ping is not installed on this machine',
      'free-network-addresses': '1 neither nmap nor arping is installed on this machine',
    });
    expect(run.machine.calls.filter(([program]) => !['ip', 'lsblk'].includes(program ?? ''))).toEqual([]);
  });
});

describe('an installation', () => {
  it('writes the live image with the ignition of the host, reports its stages, and restarts the machine', async () => {
    const image = makeLiveImage();
    const ignition = { ignition: { version: '3.1.0' }, storage: { files: [{ path: '/etc/hostname' }] } };
    const run = await start((call) => {
      if (isPoll(call)) return steps(step('install', installer('/dev/disk/by-id/nvme-eui.0025385', ['/dev/sda'])));
      return call.path.endsWith('/downloads/ignition') ? { status: 200, body: ignition } : undefined;
    }, { tree: serverTree(image) });
    expect(await run.done).toBe('installed');

    const stages = run.service.bodies('PUT', '/progress') as { current_stage: string; progress_info: string }[];
    expect(stages.map((stage) => stage.current_stage)).toEqual(['Starting installation', 'Installing', ...Array.from({ length: 20 }, () => 'Writing image to disk'), 'Rebooting']);
    expect(stages.slice(2, 22).map((stage) => stage.progress_info)).toEqual(Array.from({ length: 20 }, (_, at) => `${5 * (at + 1)}%`));
    expect(run.replies()).toMatchObject([{ step_type: 'install', exit_code: 0 }]);
    expect(run.traffic.violations).toEqual([]);

    const disk = readFileSync(run.machine.at('/dev/nvme0n1'));
    const area = disk.subarray(embedArea.offset, embedArea.offset + embedArea.length);
    expect(unpackCpio(gunzipSync(area)).map(({ name, content }) => [name, content.toString()])).toEqual([['config.ign', JSON.stringify(ignition)]]);
    expect(disk.subarray(0, embedArea.offset).equals(image.subarray(0, embedArea.offset))).toBe(true);
    const after = embedArea.offset + embedArea.length;
    expect(disk.subarray(after, image.length).equals(image.subarray(after))).toBe(true);
    expect(readFileSync(run.machine.at('/dev/sda')).readUInt16BE(510)).toBe(0);
    expect(readFileSync(run.machine.at('/proc/sysrq-trigger'), 'utf8')).toBe('b');
  });

  it('touches nothing in a dry run', async () => {
    const run = await start((call) => (isPoll(call) ? steps(step('install', installer('/dev/nvme0n1', ['/dev/sda']))) : undefined), { dryRun: true });
    expect(await run.done).toBe('installed');
    expect(readFileSync(run.machine.at('/dev/nvme0n1')).every((byte) => byte === 0)).toBe(true);
    expect(readFileSync(run.machine.at('/dev/sda')).readUInt16BE(510)).toBe(0x55aa);
    expect(readFileSync(run.machine.at('/proc/sysrq-trigger'), 'utf8')).toBe('');
    expect((run.service.bodies('PUT', '/progress') as { current_stage: string }[]).at(-1)?.current_stage).toBe('Rebooting');
  });

  const data = Buffer.alloc(8 * 1024 * 1024);
  data.write('LABELONE', 512);

  it.each([
    ['a disk that is not empty', '/dev/nvme0n1', [], '/dev/nvme0n1 is not empty'],
    ['a disk that is not there', '/dev/disk/by-id/other', [], 'this machine has no disk /dev/disk/by-id/other'],
    ['the medium it was started from', '/dev/sr0', [], '/dev/sr0 must not be written to: Disk is removable; Disk is an installation media'],
    ['a disk that must not be written to, also when its boot record is to be cleared', '/dev/sdc', ['/dev/sda', '/dev/sdc'], '/dev/sdc must not be written to: Disk is removable'],
  ])('refuses %s before anything is written', async (_what, device, clear, reason) => {
    const run = await start((call) => (isPoll(call) ? steps(step('install', installer(device, clear))) : undefined), { tree: serverTree(undefined, data) });
    await eventually(() => expect(run.replies().length).toBeGreaterThan(0));
    await run.stop();
    expect(run.replies()[0]).toMatchObject({ step_type: 'install', exit_code: 1, error: expect.stringContaining(reason) });
    expect(readFileSync(run.machine.at('/dev/nvme0n1')).equals(data)).toBe(true);
    expect(readFileSync(run.machine.at('/dev/sda')).readUInt16BE(510)).toBe(0x55aa);
  });

  it('clears the boot records of other disks as far as they may and can be written to, and says which stay', async () => {
    const tree = serverTree();
    const key = Buffer.alloc(4096, 'data of a USB key');
    const files: Record<string, string | Buffer> = { ...tree.files, '/dev/sdc': key };
    delete files['/dev/sda'];
    const listed = ['/dev/sda', '/dev/sdb', '/dev/sdc', '/dev/sdz', '/dev/nvme0n1'];
    const run = await start((call) => (isPoll(call) ? steps(step('install', installer('/dev/nvme0n1', listed))) : undefined), { tree: { ...tree, files } });
    expect(await run.done).toBe('installed');
    expect(readFileSync(run.machine.at('/dev/sdc')).equals(key)).toBe(true);
    expect(run.lines.filter((line) => line.includes('boot sector'))).toEqual([
      expect.stringMatching(/^the boot sector of \/dev\/sda stays: ENOENT/),
      'the boot sector of /dev/sdb stays: Disk is a path of a multipath device',
      'the boot sector of /dev/sdc stays: Disk is removable',
      'the boot sector of /dev/sdz stays: this machine has no such disk',
      'cleared the boot sector of /dev/nvme0n1',
    ]);
  });

  it.each([
    ['when the service has its boot record cleared', {}, ['/dev/nvme0n1']],
    ['when the agent was told to', { overwriteDisks: true }, []],
  ])('overwrites a disk that is not empty %s', async (_when, options, clear) => {
    const run = await start((call) => (isPoll(call) ? steps(step('install', installer('/dev/nvme0n1', clear))) : undefined), { tree: serverTree(undefined, data), ...options });
    expect(await run.done).toBe('installed');
  });

  it('tells of a medium that can no longer be read in a way the service knows', async () => {
    const tree = serverTree(makeLiveImage().subarray(0, 4 * 1024 * 1024));
    const run = await start((call) => (isPoll(call) ? steps(step('install', installer('/dev/nvme0n1'))) : undefined), { tree });
    await eventually(() => expect(run.replies().length).toBeGreaterThan(0));
    await run.stop();
    expect(run.replies()[0]).toMatchObject({ exit_code: 256, error: '/dev/sr0 ends after 4194304 of 6291456 bytes' });
  });

  it.each([
    ['is stopped', { ...step('execute', ['stop', '-i', '-t', '5', 'assisted-installer']), command: '/usr/bin/podman' }],
    ['is reset', step('reset-installation', ['-c', '/usr/bin/podman rm --all -f; systemctl restart agent'])],
  ])('ends before it has written anything when it %s', async (_how, end) => {
    let waiting = false;
    const run = await start((call, service) => {
      if (call.path.endsWith('/downloads/ignition')) {
        waiting = true;
        return refuse(503);
      }
      if (!isPoll(call)) return undefined;
      if (service.bodies('POST', '/instructions').length > 0) return steps();
      return steps(waiting ? end : step('install', installer('/dev/nvme0n1')));
    });
    const replies = () => new Map(run.replies().map((reply) => [reply.step_type, `${reply.exit_code} ${reply.error}`]));
    await eventually(() => expect(replies().get(end.step_type)).toBe('0 '));
    await eventually(() => expect(replies().get('install')).toBe('1 the installation was stopped'));
    await run.stop();
    expect([...replies().keys()].sort()).toEqual([end.step_type, 'install'].sort());
    expect(readFileSync(run.machine.at('/dev/nvme0n1')).every((byte) => byte === 0)).toBe(true);
    expect(readFileSync(run.machine.at('/proc/sysrq-trigger'), 'utf8')).toBe('');
  });
});
