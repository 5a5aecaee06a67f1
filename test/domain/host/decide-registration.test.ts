import { describe, expect, it } from 'vitest';
import type { ClusterSnapshot } from '../../../src/domain/cluster/model';
import { clusterStatuses } from '../../../src/domain/cluster/status';
import { decideHostRegistration } from '../../../src/domain/host/decide-registration';
import type { Host } from '../../../src/domain/host/model';
import type { HostStatus } from '../../../src/domain/host/status';
import { hostId, toReady } from '../cluster/story';

const base = toReady().snapshot;

function withHost(change: Partial<Host>): ClusterSnapshot {
  return { ...base, cluster: { ...base.cluster, status: 'installing' }, hosts: base.hosts.map((host) => (host.id === hostId(1) ? { ...host, ...change } : host)) };
}

describe('registration of a new host', () => {
  it.each(clusterStatuses)('while the cluster is %s', (status) => {
    const decision = decideHostRegistration({ ...base, cluster: { ...base.cluster, status } }, hostId(9));
    const accepted = ['insufficient', 'ready', 'pending-for-input', 'adding-hosts'].includes(status);
    expect(decision).toMatchObject(accepted ? { allowed: true, isNew: true, status: 'discovering' } : { type: 'Conflict' });
  });

  it('points to day 2 once the cluster is installed', () => {
    expect(decideHostRegistration({ ...base, cluster: { ...base.cluster, status: 'installed' } }, hostId(9))).toMatchObject({ reason: expect.stringContaining('day-2') });
  });
});

describe('registration of a known host', () => {
  it.each<[HostStatus, Host['stage'], HostStatus]>([
    ['discovering', '', 'discovering'], ['known', '', 'discovering'], ['disconnected', '', 'discovering'], ['insufficient', '', 'discovering'],
    ['resetting-pending-user-action', 'Rebooting', 'discovering'], ['preparing-for-installation', '', 'discovering'], ['preparing-successful', '', 'discovering'],
    ['disabled', '', 'disabled'], ['resetting', 'Rebooting', 'resetting'], ['resetting', 'Installing', 'discovering'],
    ['installing-in-progress', 'Rebooting', 'installing-pending-user-action'], ['added-to-existing-cluster', 'Rebooting', 'installing-pending-user-action'],
    ['installing', '', 'error'], ['installing-in-progress', 'Writing image to disk', 'error'], ['error', '', 'error'],
  ])('from %s in stage "%s" leads to %s', (status, stage, expected) => {
    expect(decideHostRegistration(withHost({ status, stage }), hostId(1))).toEqual({ allowed: true, isNew: false, status: expected });
  });

  it.each<[HostStatus, Host['stage']]>([['pending-for-input', ''], ['cancelled', ''], ['installed', 'Done'], ['installing-pending-user-action', 'Configuring'], ['added-to-existing-cluster', '']])(
    'from %s in stage "%s" is refused for now', (status, stage) => {
      expect(decideHostRegistration(withHost({ status, stage }), hostId(1))).toMatchObject({ type: 'Invalid' });
    });

  it('stops an agent that booted from the wrong medium twice, naming the disk', () => {
    expect(decideHostRegistration(withHost({ status: 'installing-pending-user-action', stage: 'Rebooting' }), hostId(1)))
      .toMatchObject({ type: 'Forbidden', reason: expect.stringContaining('sda') });
  });
});
