import { describe, expect, it } from 'vitest';
import { applyIntent } from '../../../src/domain/cluster/apply-intent';
import { createAddHostsSnapshot } from '../../../src/domain/cluster/create-add-hosts';
import type { ChangeIntent, HostIntent } from '../../../src/domain/cluster/intents';
import { hostStatuses } from '../../../src/domain/host/status';
import { isRefusal } from '../../../src/domain/refusal';
import type { DomainSettings } from '../../../src/domain/settings';
import { clusterId, epoch, hostId, makeConnectivity, makeInventory, settings, Story } from './story';

/** A cluster that only takes hosts, with `count` hosts that found it. */
function toKnown(count = 2, settings_: DomainSettings = settings): Story {
  const story = new Story({}, settings_);
  const created = createAddHostsSnapshot(
    { operation: 'registerAddHosts', name: 'running', userName: 'user', orgId: 'org', emailDomain: 'example.com', openshiftVersion: '4.8.0', apiVipDnsName: 'api.example.com' },
    clusterId, epoch,
  );
  story.snapshot = created.snapshot;
  story.evaluate();
  for (let index = 1; index <= count; index += 1) {
    story.register(index);
    story.setFacts(index, {
      inventory: makeInventory(index, story.now), connectivity: makeConnectivity(index, count), apiVipConnectivity: { is_success: true }, ntpSources: [],
    });
  }
  return story;
}

const of = (operation: HostIntent['operation'], index = 1): HostIntent => ({ operation, hostId: hostId(index) });
const listInstalled = (story: Story, intent: ChangeIntent): string[] | string => {
  const change = applyIntent(story.snapshot, intent, story.now, story.settings_);
  return isRefusal(change) ? change.type : (change.installHosts ?? []);
};
const store = (story: Story, ...indices: number[]): Story => story.outcome({ kind: 'hostIgnitionsStored', hostIds: indices.map(hostId), refused: [] });

describe('a cluster that takes hosts', () => {
  it('stays what it is, whatever happens', () => {
    const story = toKnown();
    expect(story.snapshot.cluster).toMatchObject({ kind: 'AddHostsCluster', status: 'adding-hosts', pullSecretSet: false, clusterNetworkCidr: '', vipDhcpAllocation: false });
    expect(story.snapshot.operators).toEqual([]);
    expect(story.pass(3_600_000).status).toBe('adding-hosts');
    for (const operation of ['install', 'cancel', 'reset'] as const) expect(story.try({ operation })).toMatchObject({ type: 'Conflict' });
    expect(story.do({ operation: 'updateCluster', apiVipDnsName: 'api2.example.com', pullSecretSet: true }).snapshot.cluster.apiVipDnsName).toBe('api2.example.com');
    expect(story.try({ operation: 'deregister' })).toBeUndefined();
  });

  it('has hosts of its own kind, ready once they reach it', () => {
    const story = toKnown();
    expect(story.snapshot.hosts.map(({ kind, status, role }) => [kind, status, role])).toEqual(Array(2).fill(['AddToExistingClusterHost', 'known', 'auto-assign']));
    expect(story.setFacts(1, { apiVipConnectivity: { is_success: false } }).host(1).status).toBe('insufficient');
  });
});

describe('the installation of day-2 hosts', () => {
  it('gives them their role and pool and waits for their ignitions', () => {
    const story = toKnown();
    story.edit((host) => (host.id === hostId(2) ? { ...host, machineConfigPoolName: 'infra' } : host));
    expect(listInstalled(story, { operation: 'installHosts' })).toEqual([hostId(1), hostId(2)]);
    story.do({ operation: 'installHosts' });
    expect(story.snapshot.hosts.map(({ status, role, machineConfigPoolName }) => [status, role, machineConfigPoolName])).toEqual([['known', 'worker', 'worker'], ['known', 'worker', 'infra']]);
    expect(store(story, 1, 2).hostStatuses()).toEqual(['installing', 'installing']);
    expect(story.evaluation.deadline).toMatchObject({ name: 'host start time-out' });
  });

  it('leaves out who is not ready', () => {
    const story = toKnown(3).do(of('disableHost', 2)).setFacts(3, { apiVipConnectivity: { is_success: false } });
    expect(listInstalled(story, { operation: 'installHosts' })).toEqual([hostId(1)]);
    story.do(of('deregisterHost', 1));
    expect(listInstalled(story, { operation: 'installHosts' })).toEqual([]);
  });

  it('of one leaves the others alone', () => {
    const story = toKnown();
    expect(listInstalled(story, of('installHost', 2))).toEqual([hostId(2)]);
    story.do(of('installHost', 2));
    expect(story.snapshot.hosts.map((host) => host.role)).toEqual(['auto-assign', 'worker']);
    expect(store(story, 2).hostStatuses()).toEqual(['known', 'installing']);
  });

  it.each(hostStatuses)('of one that is %s', (status) => {
    const story = toKnown();
    story.edit((host) => (host.id === hostId(1) ? { ...host, status, statusUpdatedAt: story.now, stage: 'Starting installation', stageUpdatedAt: story.now } : host));
    const awaiting = ['known', 'discovering', 'disconnected', 'insufficient', 'pending-for-input', 'preparing-for-installation', 'preparing-successful'];
    expect(listInstalled(story, of('installHost'))).toEqual(awaiting.includes(status) ? [hostId(1)] : 'Conflict');
  });

  it('is told when the ignition cannot be made, and does not move who is not ready any more', () => {
    const story = toKnown().do({ operation: 'installHosts' }).do(of('disableHost', 2));
    story.outcome({ kind: 'hostIgnitionsStored', hostIds: [hostId(2)], refused: [{ hostId: hostId(1), reason: 'its override is wrong' }] });
    expect(story.hostStatuses()).toEqual(['known', 'disabled']);
    expect(story.events.at(-1)).toMatchObject({ name: 'host_install_refused', severity: 'error', hostId: hostId(1) });
  });

  it('ends with the reboot', () => {
    const story = store(toKnown().do(of('installHost')), 1).progress(1, 'Starting installation', 'Installing', 'Writing image to disk', 'Rebooting');
    expect(story.host(1)).toMatchObject({ status: 'added-to-existing-cluster', stage: 'Rebooting' });
    expect(story.status).toBe('adding-hosts');
    expect(story.pass(86_400_000).host(1).status).toBe('added-to-existing-cluster');
  });
});

describe('the reset of a day-2 host', () => {
  const onDisk = ['installing-pending-user-action', 'installing', 'installing-in-progress', 'installed', 'error', 'cancelled', 'added-to-existing-cluster'];
  const preparing = ['preparing-for-installation', 'preparing-successful', 'known'];

  it.each(hostStatuses)('that is %s', (status) => {
    const reset = (autoReset: boolean): string => {
      const story = toKnown(1, { ...settings, autoReset });
      story.edit((host) => ({ ...host, status }));
      const change = applyIntent(story.snapshot, of('resetHost'), story.now, story.settings_);
      return isRefusal(change) ? change.type : (change.snapshot.hosts[0]?.status ?? '');
    };
    const byUser = [...onDisk, ...preparing, 'resetting', 'discovering'].includes(status) ? 'resetting-pending-user-action' : status === 'disabled' ? 'disabled' : 'Conflict';
    expect(reset(false)).toBe(byUser);
    expect(reset(true)).toBe(onDisk.includes(status) ? 'resetting' : preparing.includes(status) ? 'known' : status === 'disabled' ? 'disabled' : 'Conflict');
  });

  it('asks the user where the host runs from its disk, and the host can be added again', () => {
    const story = store(toKnown(1, { ...settings, autoReset: true }).do(of('installHost')), 1).progress(1, 'Starting installation', 'Rebooting').do(of('resetHost'));
    expect(story.host(1).status).toBe('resetting-pending-user-action');
    expect(story.register(1)).toBeUndefined();
    expect(story.host(1)).toMatchObject({ status: 'discovering', stage: '' });
    story.setFacts(1, { inventory: makeInventory(1, story.now) });
    expect(store(story.do(of('installHost')), 1).host(1).status).toBe('installing');
  });
});

describe('a day-2 host that resets itself', () => {
  const autoReset: DomainSettings = { ...settings, autoReset: true };
  const toResetting = (): Story => {
    const story = toKnown(2, autoReset).do(of('installHost'));
    return store(story, 1).progress(1, 'Starting installation', 'Installing').do(of('resetHost'));
  };

  it('is waited for, then its user has to boot it; the others are left alone', () => {
    const story = toResetting();
    expect(story.hostStatuses()).toEqual(['resetting', 'known']);
    expect(story.evaluation.deadline).toEqual({ name: 'reset time-out', at: new Date(story.now.getTime() + settings.deadlines.reset), hostId: hostId(1) });
    story.pass(settings.deadlines.reset);
    expect(story.hostStatuses()).toEqual(['resetting-pending-user-action', 'known']);
    expect(story.events.filter((event) => event.name === 'host_reset_needs_user')).toHaveLength(1);
  });

  it('is discovered again when its agent comes back in time', () => {
    const story = toResetting();
    story.register(1);
    expect(story.pass(settings.deadlines.reset).hostStatuses()).toEqual(['discovering', 'known']);
  });
});
