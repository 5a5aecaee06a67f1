import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../src/domain/cluster/model';
import { hostStatuses } from '../../../src/domain/host/status';
import { disksToFormat } from '../../../src/domain/instructions/disks-to-format';
import type { HostFacts } from '../../../src/domain/host/facts';
import type { Host } from '../../../src/domain/host/model';
import { createStepPlanner, nextSteps } from '../../../src/domain/instructions/next-steps';
import { nextStepRunnerCommand } from '../../../src/domain/instructions/registration-command';
import type { Step } from '../../../src/domain/instructions/step';
import type { DomainSettings } from '../../../src/domain/settings';
import { clusterId, hostIdOf, makeDisk, makeHost, makeHosts, makeInventory, makeSilentHost, makeSnapshot, settings } from '../validations/fixtures';

const dhcp: Partial<Cluster> = { vipDhcpAllocation: true };

interface Given { cluster?: Partial<Cluster>; facts?: Partial<HostFacts>; settings?: DomainSettings; staticNetworkConfig?: string }

function plan(overrides: Partial<Host>, given: Given = {}) {
  const host = makeHost(1, overrides, given.facts);
  const snapshot = makeSnapshot([host, ...makeHosts().slice(1)], given.cluster);
  return nextSteps({ ...snapshot, infraEnv: { ...snapshot.infraEnv, staticNetworkConfig: given.staticNetworkConfig ?? '' } }, host, given.settings ?? settings);
}

function step(stepType: Step['stepType'], overrides: Partial<Host>, given: Given = {}): Step {
  const found = plan(overrides, given).steps.find((candidate) => candidate.stepType === stepType);
  if (!found) throw new Error(`no step ${stepType}`);
  return found;
}

/** The words a shell would run as one command of the text. */
function shellWords(text: string): string[] {
  return execFileSync('bash', ['-c', `printf '%s\\0' ${text}`]).toString().split('\0').slice(0, -1);
}

const day2 = { kind: 'AddToExistingClusterHost', role: 'worker' } as const;

describe('nextSteps', () => {
  it.each([
    ['discovering', 60, 'inventory'],
    ['pending-for-input', 60, 'inventory connectivity-check free-network-addresses dhcp-lease-allocate ntp-synchronizer'],
    ['insufficient', 60, 'inventory connectivity-check free-network-addresses dhcp-lease-allocate ntp-synchronizer'],
    ['known', 60, 'connectivity-check free-network-addresses dhcp-lease-allocate inventory ntp-synchronizer'],
    ['disconnected', 120, 'inventory'],
    ['preparing-for-installation', 60, 'dhcp-lease-allocate installation-disk-speed-check container-image-availability'],
    ['preparing-successful', 60, ''],
    ['installing', 120, 'install dhcp-lease-allocate'],
    ['installing-in-progress', 60, 'inventory dhcp-lease-allocate'],
    ['installing-pending-user-action', 60, ''],
    ['resetting-pending-user-action', 60, ''],
    ['installed', 60, ''],
    ['added-to-existing-cluster', 60, ''],
    ['disabled', 120, ''],
    ['resetting', 120, 'reset-installation'],
    ['error', 120, 'execute execute'],
    ['cancelled', 120, 'execute execute'],
  ] as const)('a host of a new cluster in %s: every %i s', (status, seconds, steps) => {
    const answer = plan({ status }, { cluster: dhcp });
    expect([answer.nextInstructionSeconds, answer.steps.map(({ stepType }) => stepType).join(' ')]).toEqual([seconds, steps]);
  });

  it.each([
    ['discovering', 60, 'inventory ntp-synchronizer'],
    ['pending-for-input', 60, 'inventory connectivity-check api-vip-connectivity-check'],
    ['insufficient', 60, 'inventory connectivity-check api-vip-connectivity-check ntp-synchronizer'],
    ['known', 60, 'connectivity-check api-vip-connectivity-check inventory ntp-synchronizer'],
    ['disconnected', 120, 'inventory'],
    ['preparing-for-installation', 60, ''],
    ['installing', 120, 'install'],
    ['installing-in-progress', 120, ''],
    ['disabled', 120, ''],
    ['resetting', 120, 'reset-installation'],
    ['error', 120, 'execute'],
    ['cancelled', 120, 'execute'],
    ['added-to-existing-cluster', 60, ''],
  ] as const)('a host that joins a cluster in %s: every %i s', (status, seconds, steps) => {
    const answer = plan({ status, ...day2 }, { cluster: { kind: 'AddHostsCluster' } });
    expect([answer.nextInstructionSeconds, answer.steps.map(({ stepType }) => stepType).join(' ')]).toEqual([seconds, steps]);
  });

  it('needs nothing that a host may lack', () => {
    for (const status of hostStatuses) {
      const host = makeSilentHost(1, { status });
      expect(() => nextSteps(makeSnapshot([host], dhcp), host, settings)).not.toThrow();
    }
  });

  it('skips a step that cannot be built and those switched off', () => {
    const broken = plan({ status: 'installing', installerArgs: '{' }, { cluster: dhcp });
    expect(broken.steps.map(({ stepType }) => stepType)).toEqual(['dhcp-lease-allocate']);
    const without = { ...settings, agent: { ...settings.agent, disabledSteps: ['inventory' as const] } };
    expect(plan({ status: 'discovering' }, { settings: without }).steps).toEqual([]);
  });

  it('depends on its arguments alone', () => {
    expect(plan({ status: 'known' })).toEqual(plan({ status: 'known' }));
  });
});

it('a planner of all hosts gives each the steps it would get alone', () => {
  const snapshot = makeSnapshot([...makeHosts(), makeSilentHost(4), makeHost(5, { status: 'disconnected' })]);
  const plan = createStepPlanner(snapshot, settings);
  for (const host of snapshot.hosts) expect(plan(host.id)).toEqual(nextSteps(snapshot, host, settings));
  expect(plan(hostIdOf(9))).toBeUndefined();
});

describe('steps', () => {
  it('connectivity-check names the other hosts that can answer, without prefixes', () => {
    const host = makeHost(1);
    const others = [makeHost(2), makeHost(3, { status: 'disconnected' }), makeHost(4, { status: 'disabled' }), makeSilentHost(5), makeSilentHost(6, { status: 'insufficient' })];
    const [found] = nextSteps(makeSnapshot([host, ...others]), host, settings).steps;
    expect(found).toMatchObject({ stepType: 'connectivity-check', command: 'podman' });
    expect(found?.args.slice(-2)[0]).toBe('connectivity_check');
    expect(JSON.parse(found?.args.at(-1) ?? '')).toEqual([{ host_id: hostIdOf(2), nics: [{ name: 'eth0', mac: '02:00:00:00:00:02', ip_addresses: ['192.168.10.12'] }] }]);
    expect(nextSteps(makeSnapshot([host]), host, settings).steps.map(({ stepType }) => stepType)).not.toContain('connectivity-check');
  });

  it('free-network-addresses asks for IPv4 networks', () => {
    const inventory = makeInventory(1, { interfaces: [{ name: 'eth0', ipv4_addresses: ['10.0.0.1/24'], ipv6_addresses: ['fd00::1/64'] }] });
    expect(step('free-network-addresses', {}, { facts: { inventory } }).args[1]).toContain(`free_addresses '["10.0.0.0/24"]'`);
  });

  it('dhcp-lease-allocate sends the addresses of the cluster', () => {
    const found = step('dhcp-lease-allocate', {}, { cluster: { ...dhcp, apiVipLease: 'lease { }' } });
    expect(JSON.parse(found.args.at(-1) ?? '')).toEqual({
      interface: 'eth0', api_vip_mac: '00:1a:4a:b5:4d:cc', ingress_vip_mac: '00:1a:4a:83:b1:f7', api_vip_lease: 'lease { }', ingress_vip_lease: '',
    });
    expect(plan({}, { cluster: { ...dhcp, machineNetworkCidr: '' } }).steps.map(({ stepType }) => stepType)).not.toContain('dhcp-lease-allocate');
  });

  it('ntp-synchronizer sends the sources of the cluster', () => {
    expect(JSON.parse(step('ntp-synchronizer', {}, { cluster: { additionalNtpSource: 'a,b' } }).args.at(-1) ?? '')).toEqual({ ntp_source: 'a,b' });
  });

  it('api-vip-connectivity-check prefers the name of the API', () => {
    const url = (cluster: Partial<Cluster>) => (JSON.parse(step('api-vip-connectivity-check', day2, { cluster }).args.at(-1) ?? '') as { url: string }).url;
    expect(url({ apiVipDnsName: 'api.example.com' })).toBe('http://api.example.com:22624/config/worker');
    expect(url({ apiVip: 'fd00::1' })).toBe('http://[fd00::1]:22624/config/worker');
  });

  it('the speed of the installation disk is measured once', () => {
    const status = 'preparing-for-installation';
    const found = step('installation-disk-speed-check', { status });
    expect(found).toMatchObject({ command: 'bash', args: ['-c', expect.stringMatching(/timeout 480 podman .*disk_speed_check '{"path":"\/dev\/disk\/by-id\/sda"}'; fi$/)] });
    const measured = { disksInfo: { '/dev/disk/by-id/sda': { path: '/dev/disk/by-id/sda', disk_speed: { tested: true, exit_code: 0 } } } };
    expect(plan({ status }, { facts: measured }).steps.map(({ stepType }) => stepType)).toEqual(['container-image-availability']);
  });

  it('images are pulled that have no status yet', () => {
    const status = 'preparing-for-installation';
    const { installerImage } = settings.agent;
    const found = step('container-image-availability', { status }, { facts: { imagesStatus: { [installerImage]: { name: installerImage, result: 'success' } } } });
    expect(found.args[1]).toContain(`--request '{"images":["images.example.com/mco:4.8","images.example.com/must-gather:4.8"],"timeout":1800}'`);
  });

  it('install gives the installer its flags', () => {
    const cluster = { httpProxy: 'http://proxy.example.com:3128', noProxy: 'example.org' };
    const found = step('install', { status: 'installing', bootstrap: true, installerArgs: '["--append-karg","it\'s=1"]' }, { cluster, staticNetworkConfig: 'eth0' });
    expect(found.command).toBe('bash');
    const words = shellWords(found.args[1] ?? '');
    const flag = (name: string) => words[words.indexOf(name) + 1];
    expect([flag('--role'), flag('--cluster-id'), flag('--host-id'), flag('--boot-device')]).toEqual(['bootstrap', clusterId, hostIdOf(1), '/dev/disk/by-id/sda']);
    expect([flag('--openshift-version'), flag('--high-availability-mode'), flag('--mco-image')]).toEqual(['4.8.2', 'Full', 'images.example.com/mco:4.8']);
    expect(JSON.parse(flag('--installer-args') ?? '')).toEqual(['--append-karg', "it's=1", '--append-karg', 'ip=eth0:dhcp', '--copy-network']);
    expect([flag('--http-proxy'), flag('--no-proxy')]).toEqual(['http://proxy.example.com:3128', 'example.org,127.0.0.1,localhost,.svc,.cluster.local,api-int.demo.example.com']);
    for (const name of ['--insecure', '--check-cluster-version', '--cacert', '--installation-timeout', '--service-ips']) expect(words).not.toContain(name);
  });

  it('install tells the installer how to reach the service, and how long it may take', () => {
    const agent = { ...settings.agent, skipCertVerification: true, hasServiceCa: true, serviceIps: ['10.0.0.1', '10.0.0.2'], installationTimeoutMinutes: 90 };
    const words = shellWords(step('install', { status: 'installing' }, { settings: { ...settings, checkClusterVersion: true, agent } }).args[1] ?? '');
    const authority = '/etc/assisted-service/service-ca-cert.crt';
    const mount = words.indexOf(`${authority}:${authority}:ro`);
    expect(words[mount - 1]).toBe('-v');
    const image = words.indexOf(agent.installerImage);
    expect(image).toBeGreaterThan(mount);
    expect(words.slice(image + 1)).toEqual([
      '--role', 'master', '--cluster-id', clusterId, '--host-id', hostIdOf(1), '--boot-device', '/dev/disk/by-id/sda', '--url', agent.serviceBaseUrl,
      '--openshift-version', '4.8.2', '--high-availability-mode', 'Full', '--mco-image', 'images.example.com/mco:4.8', '--controller-image', agent.controllerImage,
      '--agent-image', agent.agentImage, '--must-gather-image', 'images.example.com/must-gather:4.8', '--insecure', '--check-cluster-version', '--cacert', authority,
      '--installation-timeout', '90', '--installer-args', '["--append-karg","ip=eth0:dhcp"]', '--service-ips', '10.0.0.1,10.0.0.2',
    ]);
  });

  it('the programs on a host trust the authority of the service that the host has a file of', () => {
    const agent = { ...settings.agent, hasServiceCa: true };
    const authority = '/etc/assisted-service/service-ca-cert.crt';
    const mount = `${authority}:${authority}:ro`;
    expect(step('execute', { status: 'error' }, { settings: { ...settings, agent } }).args).toEqual(expect.arrayContaining([mount, `-cacert=${authority}`]));
    expect(nextStepRunnerCommand(clusterId, hostIdOf(1), { ...settings, agent }).args).toEqual(expect.arrayContaining([mount, '--cacert', authority]));
  });

  it('install leaves the kernel arguments to a user who gave an ip argument, and asks for DHCPv6 in an IPv6 network', () => {
    const args = (installerArgs: string, machineNetworkCidr = '192.168.10.0/24') => {
      const inventory = makeInventory(1, { interfaces: [{ name: 'eth0', ipv4_addresses: ['192.168.10.11/24'], ipv6_addresses: ['fd00::1/64'] }, { name: 'eth1', ipv4_addresses: ['10.0.0.1/8'] }] });
      const words = shellWords(step('install', { status: 'installing', installerArgs }, { cluster: { machineNetworkCidr }, facts: { inventory } }).args[1] ?? '');
      return JSON.parse(words[words.indexOf('--installer-args') + 1] ?? '') as string[];
    };
    expect(args('["--append-karg","ip=eth0:off"]')).toEqual(['--append-karg', 'ip=eth0:off']);
    expect(args('', 'fd00::/64')).toEqual(['--append-karg', 'ip=eth0:dhcp6']);
  });

  it('install clears the boot records of local bootable disks only', () => {
    const disks = [
      makeDisk('sda', { bootable: true }), makeDisk('sdb'), makeDisk('sdc', { bootable: true, is_installation_media: true }),
      makeDisk('sdd', { bootable: true, by_path: '/dev/disk/by-path/ip-10.0.0.1:3260-iscsi-iqn.x' }), makeDisk('sde', { bootable: true, by_path: '/dev/disk/by-path/pci-0000:00-fc-0x1' }),
      makeDisk('sr1', { bootable: true, drive_type: 'ODD' }),
    ];
    const inventory = makeInventory(1, { disks });
    expect(disksToFormat(makeHost(1, {}, { inventory }))).toEqual(['/dev/sda']);
    expect(step('install', { status: 'installing' }, { facts: { inventory } }).args[1]).toMatch(/^dd if=\/dev\/zero of=\/dev\/sda bs=512 count=1 ; podman run /);
  });

  it('logs are sent until some have arrived, by the bootstrap host with those of the masters', () => {
    const [logs, stop] = plan({ status: 'error', bootstrap: true }).steps;
    expect(logs).toMatchObject({ stepType: 'execute', command: 'timeout' });
    expect(logs?.args).toEqual(expect.arrayContaining(['1h', 'logs_sender', '-bootstrap=true', '-masters-ips=192.168.10.12,192.168.10.13']));
    expect(stop).toEqual({ stepType: 'execute', command: '/usr/bin/podman', args: ['stop', '-i', '-t', '5', 'assisted-installer'] });
    expect(plan({ status: 'error', logsCollectedAt: new Date(0) }).steps).toEqual([stop]);
  });

  it('reset stops the bootstrap services on the bootstrap host', () => {
    expect(step('reset-installation', { status: 'resetting', bootstrap: true }).args[1]).toContain('bootkube');
    expect(step('reset-installation', { status: 'resetting' }).args[1]).not.toContain('bootkube');
  });

  it('every shell text is one a shell can read', () => {
    for (const status of hostStatuses) {
      for (const { command, args } of plan({ status, bootstrap: true }, { cluster: dhcp }).steps) {
        if (command === 'sh' || command === 'bash') execFileSync(command, ['-n', '-c', args[1] ?? '']);
      }
    }
  });
});

describe('nextStepRunnerCommand', () => {
  it('runs the polling program for the host', () => {
    const { command, args, retrySeconds } = nextStepRunnerCommand(clusterId, hostIdOf(1), settings);
    expect([command, retrySeconds]).toEqual(['podman', 60]);
    expect(args.slice(args.indexOf('next_step_runner'))).toEqual([
      'next_step_runner', '--url', 'http://service.example.com:8090', '--cluster-id', clusterId, '--host-id', hostIdOf(1), '--agent-version', 'images.example.com/agent:v1', '--insecure=false',
    ]);
    expect(args.join(' ')).toContain('--env PULL_SECRET_TOKEN --env HTTP_PROXY');
  });
});
