import { expect, it } from 'vitest';
import { createConnectivity } from '../../../src/domain/cluster/connectivity';
import { evaluateCluster } from '../../../src/domain/cluster/evaluate';
import type { Host } from '../../../src/domain/host/model';
import { makeConnectivity, makeHosts, makeSnapshot, now, settings } from '../validations/fixtures';

const changeFirst = (change: (host: Host) => Partial<Host>) => (hosts: Host[]): Host[] => hosts.map((host, index) => (index === 0 ? { ...host, ...change(host) } : host));

it.each([
  ['another report', changeFirst((host) => ({ facts: { ...host.facts, connectivity: { remote_hosts: [] } } }))],
  ['a slow report', changeFirst((host) => ({ facts: { ...host.facts, connectivity: makeConnectivity(1, 3, { average_rtt_ms: 5_000 }) } }))],
  ['another role', changeFirst(() => ({ role: 'worker' }))],
  ['another name', changeFirst(() => ({ requestedHostname: 'renamed' }))],
  ['a disabled host', changeFirst(() => ({ status: 'disabled' }))],
  ['a host less', (hosts: Host[]) => hosts.slice(1)],
])('what was worked out for an evaluation is not taken for a cluster that differs by %s', (_what, change) => {
  const slow = makeHosts(3).map((host, index) => ({ ...host, facts: { ...host.facts, connectivity: makeConnectivity(index + 1, 3, { packet_loss_percentage: index === 2 ? 50 : 0 }) } }));
  const connectivity = createConnectivity(settings);
  const before = evaluateCluster(makeSnapshot(slow), now, settings, connectivity).snapshot;
  const changed = { ...before, hosts: change(before.hosts) };
  expect(evaluateCluster(changed, now, settings, connectivity)).toEqual(evaluateCluster(changed, now, settings));
});

it('gives its last answer again while nothing it depends on differs', () => {
  const connectivity = createConnectivity(settings);
  const snapshot = makeSnapshot();
  const peers = connectivity.weakPeers(snapshot);
  expect(connectivity.weakPeers({ ...snapshot, hosts: snapshot.hosts.map((host) => ({ ...host, statusInfo: 'another text' })) })).toBe(peers);
});
