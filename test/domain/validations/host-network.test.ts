import { describe, expect, it } from 'vitest';
import type { ClusterSnapshot } from '../../../src/domain/cluster/model';
import type { ImageStatus } from '../../../src/domain/host/facts';
import type { Host } from '../../../src/domain/host/model';
import { createValidationContext } from '../../../src/domain/validations/context';
import { evaluateHostValidations } from '../../../src/domain/validations/evaluate-host';
import { makeConnectivity, makeHost, makeHosts, makeInventory, makeSilentHost, makeSnapshot, now, settings } from './fixtures';

function statusOf(id: string, host: Host, snapshot: ClusterSnapshot = makeSnapshot([host, ...makeHosts().slice(1)])): string | undefined {
  return Object.values(evaluateHostValidations(createValidationContext(snapshot, now, settings), host)).flat().find((result) => result.id === id)?.status;
}

const clusterWith = (host: Host, cluster: Partial<ClusterSnapshot['cluster']>): ClusterSnapshot => makeSnapshot([host, ...makeHosts().slice(1)], cluster);

describe('network validations of a host', () => {
  it('connected fails after the allowed silence and for a host that never polled', () => {
    expect(statusOf('connected', makeHost(1))).toBe('success');
    expect(statusOf('connected', makeHost(1, { checkedInAt: new Date(now.getTime() - 180_001) }))).toBe('failure');
    expect(statusOf('connected', makeHost(1, { checkedInAt: null }))).toBe('failure');
  });

  it.each(['Rebooting', 'Waiting for ignition', 'Configuring', 'Joined', 'Done'] as const)('connected and ntp-synced say nothing in stage %s', (stage) => {
    const host = makeHost(1, { stage });
    expect([statusOf('connected', host), statusOf('ntp-synced', host), statusOf('machine-cidr-defined', host)]).toEqual([undefined, undefined, 'success']);
  });

  it('machine-cidr-defined needs a network unless the user manages it or the cluster runs already', () => {
    const host = makeHost(1);
    expect(statusOf('machine-cidr-defined', host, clusterWith(host, { machineNetworkCidr: '' }))).toBe('failure');
    expect(statusOf('machine-cidr-defined', host, clusterWith(host, { machineNetworkCidr: '', userManagedNetworking: true }))).toBe('success');
    expect(statusOf('machine-cidr-defined', host, clusterWith(host, { machineNetworkCidr: '', kind: 'AddHostsCluster' }))).toBe('success');
  });

  it('belongs-to-machine-cidr looks at the addresses of the family', () => {
    const host = makeHost(1);
    expect(statusOf('belongs-to-machine-cidr', host)).toBe('success');
    expect(statusOf('belongs-to-machine-cidr', host, clusterWith(host, { machineNetworkCidr: '10.0.0.0/24' }))).toBe('failure');
    expect(statusOf('belongs-to-machine-cidr', host, clusterWith(host, { machineNetworkCidr: '' }))).toBe('pending');
    expect(statusOf('belongs-to-machine-cidr', makeSilentHost(1))).toBe('pending');
    expect(statusOf('belongs-to-machine-cidr', makeSilentHost(1), clusterWith(host, { userManagedNetworking: true }))).toBe('success');
    const v6 = makeHost(1, {}, { inventory: makeInventory(1, { interfaces: [{ name: 'eth0', ipv6_addresses: ['2001:db8::5/64'] }] }) });
    expect(statusOf('belongs-to-machine-cidr', v6, clusterWith(v6, { machineNetworkCidr: '2001:db8::/64' }))).toBe('success');
  });

  it('api-vip-connected counts only for a host that joins a running cluster', () => {
    expect(statusOf('api-vip-connected', makeHost(1))).toBe('success');
    const day2 = (isSuccess: boolean) => makeHost(1, { kind: 'AddToExistingClusterHost' }, { apiVipConnectivity: { is_success: isSuccess } });
    expect([statusOf('api-vip-connected', day2(true)), statusOf('api-vip-connected', day2(false))]).toEqual(['success', 'failure']);
    expect(statusOf('api-vip-connected', makeSilentHost(1, { kind: 'AddToExistingClusterHost' }))).toBe('pending');
  });

  it('belongs-to-majority-group waits for three hosts and for the groups', () => {
    const host = makeHost(1);
    const groups = (members: string[]) => JSON.stringify({ '192.168.10.0/24': members });
    expect(statusOf('belongs-to-majority-group', host)).toBe('success');
    expect(statusOf('belongs-to-majority-group', host, clusterWith(host, { connectivityMajorityGroups: '' }))).toBe('pending');
    expect(statusOf('belongs-to-majority-group', host, clusterWith(host, { machineNetworkCidr: '' }))).toBe('pending');
    expect(statusOf('belongs-to-majority-group', host, clusterWith(host, { connectivityMajorityGroups: groups([]) }))).toBe('failure');
    expect(statusOf('belongs-to-majority-group', host, makeSnapshot([host, makeHost(2), makeHost(3, { status: 'disabled' })], { connectivityMajorityGroups: groups([]) }))).toBe('pending');
    expect(statusOf('belongs-to-majority-group', host, clusterWith(host, { connectivityMajorityGroups: '', userManagedNetworking: true }))).toBe('success');
  });

  it('ntp-synced wants one synchronised source', () => {
    expect(statusOf('ntp-synced', makeHost(1))).toBe('success');
    expect(statusOf('ntp-synced', makeHost(1, {}, { ntpSources: [{ source_name: 'a', source_state: 'unreachable' }] }))).toBe('failure');
    expect(statusOf('ntp-synced', makeSilentHost(1))).toBe('failure');
  });

  it('container-images-available fails for failed and for very slow images', () => {
    const withImage = (image: Omit<ImageStatus, 'name'>) => makeHost(1, {}, { imagesStatus: { a: { name: 'a', ...image } } });
    expect(statusOf('container-images-available', makeHost(1))).toBe('success');
    expect(statusOf('container-images-available', withImage({ result: 'success', size_bytes: 10, download_rate: 0.001 }))).toBe('success');
    expect(statusOf('container-images-available', withImage({ result: 'success', size_bytes: 10, download_rate: 0.0009 }))).toBe('failure');
    expect(statusOf('container-images-available', withImage({ result: 'success', size_bytes: 0, download_rate: 0 }))).toBe('success');
    expect(statusOf('container-images-available', withImage({ result: 'failure' }))).toBe('failure');
  });

  describe.each([
    ['sufficient-network-latency-requirement-for-role', { average_rtt_ms: 100 }, { average_rtt_ms: 100.1 }, { average_rtt_ms: 1001 }],
    ['sufficient-packet-loss-requirement-for-role', { packet_loss_percentage: 0 }, { packet_loss_percentage: 0.5 }, { packet_loss_percentage: 10.5 }],
  ] as const)('%s', (id, fine, badForMaster, badForWorker) => {
    const measured = (role: Host['role'], figures: typeof fine | typeof badForMaster | typeof badForWorker) => makeHost(1, { role }, { connectivity: makeConnectivity(1, 3, figures) });
    const workers = (host: Host) => makeSnapshot([host, makeHost(2, { role: 'worker' }), makeHost(3, { role: 'worker' })]);

    it('holds masters and workers to their own limit', () => {
      expect([statusOf(id, measured('master', fine)), statusOf(id, measured('master', badForMaster))]).toEqual(['success', 'failure']);
      const [slow, slower] = [measured('worker', badForMaster), measured('worker', badForWorker)];
      expect([statusOf(id, slow, workers(slow)), statusOf(id, slower, workers(slower))]).toEqual(['success', 'failure']);
    });

    it('looks at hosts of the same role only', () => {
      const master = measured('master', badForMaster);
      expect(statusOf(id, master, workers(master))).toBe('success');
    });

    it('is pending before the first report and succeeds for a single host', () => {
      const silent = makeSilentHost(1);
      expect(statusOf(id, silent)).toBe('pending');
      expect(statusOf(id, silent, makeSnapshot([silent, makeHost(2, { status: 'disabled' })]))).toBe('success');
    });
  });
});
