import { describe, expect, it } from 'vitest';
import type { HostIntent } from '../../../src/domain/cluster/intents';
import { hostStatuses, type HostStatus } from '../../../src/domain/host/status';
import { hostId, makeInventory, settings, Story, toInstalling, toReady } from './story';

const of = (operation: HostIntent['operation'], index: number): HostIntent => ({ operation, hostId: hostId(index) });

function withStatus(status: HostStatus): Story {
  const story = toReady();
  story.edit((host) => (host.id === hostId(1) ? { ...host, status } : host));
  return story;
}

describe('an unknown host', () => {
  it.each(['enableHost', 'disableHost', 'installHost', 'resetHost'] as const)('is not found by %s', (operation) => {
    expect(toReady().try(of(operation, 9))).toMatchObject({ type: 'NotFound', reason: expect.stringContaining(hostId(9)) });
  });

  it('is not found by changes of its settings', () => {
    expect(toReady().try({ operation: 'updateHostInstallerArgs', hostId: hostId(9), args: [] })).toMatchObject({ type: 'NotFound' });
    expect(toReady().try({ operation: 'resetHostValidation', hostId: hostId(9), validationId: 'container-images-available' })).toMatchObject({ type: 'NotFound' });
  });
});

describe('disable and enable', () => {
  it.each(hostStatuses)('a host that is %s', (status) => {
    const disabled = ['disconnected', 'discovering', 'insufficient', 'known', 'pending-for-input'].includes(status);
    expect(withStatus(status).try(of('disableHost', 1))?.type).toBe(disabled ? undefined : 'Conflict');
    expect(withStatus(status).try(of('enableHost', 1))?.type).toBe(status === 'disabled' ? undefined : 'Conflict');
  });

  it('take a host out of the cluster and let it be discovered anew', () => {
    const story = toReady().discover(4);
    story.edit((host) => ({ ...host, role: host.id === hostId(4) ? 'worker' : 'master' }));
    story.evaluate();
    expect(story.status).toBe('insufficient');
    story.do(of('disableHost', 4));
    expect(story.status).toBe('ready');
    story.do(of('enableHost', 4));
    expect(story.host(4)).toMatchObject({ status: 'discovering', role: 'worker', bootstrap: false });
    expect(story.host(4).facts.inventory).toBeUndefined();
    expect(story.host(4).facts.connectivity).toBeDefined();
    expect(story.status).toBe('insufficient');
    story.setFacts(4, { inventory: makeInventory(4, story.now) });
    expect(story.host(4).status).toBe('known');
    expect(story.events.map((event) => event.name)).toEqual(expect.arrayContaining(['host_disabled', 'host_enabled']));
  });
});

describe('deregister a host', () => {
  it.each(hostStatuses)('that is %s', (status) => {
    const story = withStatus(status).do(of('deregisterHost', 1));
    expect(story.snapshot.hosts.map((host) => host.id)).toEqual([hostId(2), hostId(3)]);
    expect(story.events.filter((event) => event.name === 'host_deregistered')).toHaveLength(1);
  });

  it('that is not there leaves only an event', () => {
    const story = toReady();
    const { hosts } = story.snapshot;
    story.do(of('deregisterHost', 9));
    expect(story.snapshot.hosts).toEqual(hosts);
    expect(story.events.at(-1)).toMatchObject({ name: 'host_deregistered', hostId: hostId(9), message: expect.stringContaining('not part of the cluster') });
  });

  it('ends an installation that too few hosts are left for', () => {
    expect(toInstalling().do(of('deregisterHost', 1)).status).toBe('error');
  });

  it('forgets the name it was given', () => {
    const story = toReady().do({ operation: 'updateCluster', hostsNames: [{ id: hostId(1), hostname: 'first' }] });
    expect(story.snapshot.cluster.featureUsage).toContain('Requsted hostname');
    expect(story.do(of('deregisterHost', 1)).snapshot.cluster.featureUsage).not.toContain('Requsted hostname');
  });
});

describe('installer arguments', () => {
  const set = (args: string[]) => ({ operation: 'updateHostInstallerArgs', hostId: hostId(1), args }) as const;

  it('are kept as they are given and taken away by an empty list', () => {
    const story = toReady().do(set(['--append-karg', 'ip=eth0:dhcp', '-n']));
    expect(story.host(1).installerArgs).toBe('["--append-karg","ip=eth0:dhcp","-n"]');
    expect(story.events.at(-1)?.name).toBe('host_installer_args_applied');
    expect(story.do(set([])).host(1).installerArgs).toBe('');
  });

  it.each([[['--not-supported-arg', 'x']], [['--append-karg']], [['rm', '-rf']]])('%j are refused', (args) => {
    const story = toReady();
    expect(story.try(set(args))).toMatchObject({ type: 'Invalid' });
    expect(story.host(1).installerArgs).toBe('');
  });
});

describe('reset a validation', () => {
  const reset = (validationId: 'sufficient-installation-disk-speed' | 'container-images-available') => ({ operation: 'resetHostValidation', hostId: hostId(1), validationId }) as const;

  it('lets a host with an image that could not be pulled try again', () => {
    const story = toReady().setFacts(1, { imagesStatus: { image: { name: 'image', result: 'failure' } } });
    expect(story.host(1).status).toBe('insufficient');
    story.do(reset('container-images-available'));
    expect(story.host(1)).toMatchObject({ status: 'known', facts: { imagesStatus: {} } });
  });

  it('lets a host with a failed measurement of its installation disk measure again, and forgets no other disk', () => {
    const story = toReady();
    const measured = (exitCode: number) => ({ path: '/dev/sda', disk_speed: { tested: true, exit_code: exitCode } });
    story.setFacts(1, { disksInfo: { [story.host(1).installationDiskId]: measured(1), other: measured(0) } });
    expect(story.host(1).status).toBe('insufficient');
    story.do(reset('sufficient-installation-disk-speed'));
    expect(story.host(1)).toMatchObject({ status: 'known', facts: { disksInfo: { other: measured(0) } } });
    expect(Object.keys(story.host(1).facts.disksInfo)).toEqual(['other']);
  });

  it.each(hostStatuses)('of a host that is %s', (status) => {
    const allowed = ['discovering', 'known', 'disconnected', 'insufficient', 'pending-for-input', 'preparing-for-installation'].includes(status);
    expect(withStatus(status).try(reset('container-images-available'))?.type).toBe(allowed ? undefined : 'Conflict');
  });
});

describe('hosts of a cluster that is installed as a whole', () => {
  it('are neither installed nor reset one by one', () => {
    expect(toReady().try(of('installHost', 1))).toMatchObject({ type: 'Conflict', reason: expect.stringContaining('install the cluster') });
    expect(toInstalling().try(of('resetHost', 1))).toMatchObject({ type: 'Conflict', reason: expect.stringContaining('reset the cluster') });
  });

  it('are not moved by an installation of day-2 hosts', () => {
    const story = toReady().do({ operation: 'installHosts' });
    expect(story.hostStatuses()).toEqual(['known', 'known', 'known']);
    expect(new Story({}, settings).try({ operation: 'installHosts' })).toBeUndefined();
    expect(toInstalling().try({ operation: 'installHosts' })).toMatchObject({ type: 'Invalid', reason: expect.stringContaining('server-1') });
  });
});

describe('a host whose installation failed', () => {
  it('may register as often as it restarts without an event each time', () => {
    const story = toInstalling().fact({ kind: 'hostInstallFailed', hostId: hostId(1), reason: 'exit 1' });
    const before = story.events.length;
    for (let time = 0; time < 5; time += 1) expect(story.register(1)).toBeUndefined();
    expect(story.events).toHaveLength(before);
    expect(story.host(1).status).toBe('error');
  });
});
