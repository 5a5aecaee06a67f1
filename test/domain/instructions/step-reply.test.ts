import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../src/domain/cluster/model';
import { hostStatuses } from '../../../src/domain/host/status';
import { stepTypes, type StepType } from '../../../src/domain/host/step-type';
import type { Host } from '../../../src/domain/host/model';
import { interpretStepReply, type StepReply } from '../../../src/domain/instructions/step-reply';
import { hostIdOf, makeConnectivity, makeDisk, makeHost, makeInventory, makeSilentHost, makeSnapshot, settings } from '../validations/fixtures';

function interpret(stepType: StepType, output: unknown, reply: Partial<StepReply> = {}, host: Host = makeHost(1), cluster: Partial<Cluster> = {}) {
  const text = typeof output === 'string' ? output : JSON.stringify(output);
  return interpretStepReply(makeSnapshot([host], cluster), host, { stepType, stepId: `${stepType}-1`, exitCode: 0, error: '', output: text, ...reply }, settings);
}

describe('replies of steps that succeeded', () => {
  it('inventory drops unknown fields, names disks and decides their eligibility', () => {
    const reported = { ...makeInventory(1), extra: 1, disks: [{ ...makeDisk('sda', { size_bytes: 1e9 }), id: undefined, extra: 2 }], gpus: null };
    const { patch } = interpret('inventory', reported, {}, makeSilentHost(1));
    expect(patch?.inventory).toEqual({
      ...makeInventory(1),
      disks: [{ ...makeDisk('sda', { id: '/dev/sda', size_bytes: 1e9 }), installation_eligibility: { eligible: false, not_eligible_reasons: [expect.stringContaining('1 GB')] } }],
    });
  });

  it('inventory is taken before an installation and while one goes on, never otherwise', () => {
    const taken = hostStatuses.filter((status) => interpret('inventory', makeInventory(1), {}, makeHost(1, { status })).refusal === undefined);
    expect([...taken].sort()).toEqual(['disconnected', 'discovering', 'insufficient', 'installing-in-progress', 'known', 'pending-for-input'].sort());
    expect(interpret('inventory', makeInventory(1), {}, makeHost(1, { status: 'installed' })).refusal?.type).toBe('Invalid');
  });

  it('connectivity, NTP and API reports are stored as they are', () => {
    const report = makeConnectivity(1, 3);
    expect(interpret('connectivity-check', { ...report, extra: 1 })).toEqual({ patch: { connectivity: report } });
    expect(interpret('ntp-synchronizer', { ntp_sources: [{ source_name: 'a', source_state: 'synced' }] })).toEqual({ patch: { ntpSources: [{ source_name: 'a', source_state: 'synced' }] } });
    expect(interpret('ntp-synchronizer', { ntp_sources: null })).toEqual({ patch: { ntpSources: [] } });
    expect(interpret('api-vip-connectivity-check', { is_success: true })).toEqual({ patch: { apiVipConnectivity: { is_success: true } } });
  });

  it('free addresses must name a network', () => {
    expect(interpret('free-network-addresses', [{ network: '10.0.0.0/24', free_addresses: ['10.0.0.1'] }])).toEqual({ patch: { freeAddresses: [{ network: '10.0.0.0/24', free_addresses: ['10.0.0.1'] }] } });
    expect(interpret('free-network-addresses', []).refusal?.type).toBe('Invalid');
    expect(interpret('free-network-addresses', [{}]).refusal?.type).toBe('Invalid');
    expect(interpret('free-network-addresses', '')).toEqual({});
  });

  it('the speed of a disk is kept beside that of others; a slow one is told', () => {
    const other = { path: 'b', disk_speed: { tested: true, exit_code: 0, speed_ms: 1 } };
    const host = makeHost(1, {}, { disksInfo: { b: other } });
    expect(interpret('installation-disk-speed-check', { path: 'a', io_sync_duration: 10 }, {}, host)).toEqual({
      patch: { disksInfo: { a: { path: 'a', disk_speed: { tested: true, exit_code: 0, speed_ms: 10 } }, b: other } },
      measures: [{ metric: 'cluster_host_disk_sync_duration_ms', labels: { diskPathLabel: 'a', cid: host.clusterId, hostId: host.id }, value: 10 }],
    });
    expect(interpret('installation-disk-speed-check', { path: 'a', io_sync_duration: 11 }).facts).toEqual([{ kind: 'hostDiskSlow', hostId: hostIdOf(1), path: 'a', speedMs: 11, thresholdMs: 10 }]);
    expect(interpret('installation-disk-speed-check', '')).toEqual({});
  });

  it('images are merged by name; the first status of each is told', () => {
    const a = { name: 'a', size_bytes: 5, time: 1.5, download_rate: 3.3, result: 'success' } as const;
    const first = interpret('container-image-availability', { images: [a, { name: 'b', result: 'failure' }] });
    expect(first.patch).toEqual({ imagesStatus: { a, b: { name: 'b', result: 'failure' } } });
    expect(first.facts?.[0]).toEqual({ kind: 'hostImageStatus', hostId: hostIdOf(1), name: 'a', result: 'success', sizeBytes: 5, timeSeconds: 1.5, downloadRate: 3.3 });
    const again = interpret('container-image-availability', { images: [a] }, {}, makeHost(1, {}, { imagesStatus: { a: { name: 'a', result: 'failure' } } }));
    expect(again).toEqual({ patch: { imagesStatus: { a } } });
    expect(interpret('container-image-availability', { images: [{ name: 'a' }] }).refusal?.type).toBe('Invalid');
  });

  describe('leases', () => {
    const lease = (address: string) => `lease {\n  interface "eth0";\n  fixed-address ${address};\n  renew 1 2024/01/01 00:00:00;\n  expire 1 2024/01/02 00:00:00;\n}`;
    const reply = { api_vip_address: '192.168.10.50', ingress_vip_address: '192.168.10.51', api_vip_lease: lease('192.168.10.50'), ingress_vip_lease: lease('192.168.10.51') };
    const dhcp: Partial<Cluster> = { vipDhcpAllocation: true, apiVip: '', ingressVip: '' };

    it('become the virtual IPs, for ever', () => {
      const { facts } = interpret('dhcp-lease-allocate', reply, {}, makeHost(1), dhcp);
      expect(facts).toEqual([expect.objectContaining({ kind: 'vipsLeased', apiVip: '192.168.10.50', ingressVip: '192.168.10.51', apiVipLease: expect.stringContaining('renew never;') })]);
      const [fact] = facts ?? [];
      if (fact?.kind !== 'vipsLeased') throw new Error('no lease');
      const { kind: _kind, ...stored } = fact;
      expect(interpret('dhcp-lease-allocate', reply, {}, makeHost(1), { ...dhcp, ...stored })).toEqual({});
    });

    it('must be of the machine network and readable', () => {
      expect(interpret('dhcp-lease-allocate', { ...reply, api_vip_address: '10.0.0.1' }, {}, makeHost(1), dhcp).refusal?.type).toBe('Invalid');
      expect(interpret('dhcp-lease-allocate', { ...reply, api_vip_lease: 'lease {' }, {}, makeHost(1), dhcp).refusal?.type).toBe('Invalid');
      expect(interpret('dhcp-lease-allocate', { api_vip_address: '192.168.10.50' }, {}, makeHost(1), dhcp).refusal?.type).toBe('Invalid');
    });

    it('must not move during an installation', () => {
      expect(interpret('dhcp-lease-allocate', reply, {}, makeHost(1), { ...dhcp, status: 'installing', apiVip: '192.168.10.9' }).refusal?.type).toBe('Invalid');
      expect(interpret('dhcp-lease-allocate', reply, {}, makeHost(1), { ...dhcp, status: 'installing', apiVip: '192.168.10.50', ingressVip: '192.168.10.51' })).toEqual({});
    });
  });

  it.each(['', '{', '[1]', '"x"', '3', 'null', '{"disks":{}}', '{"cpu":{"count":"4"}}', '{"cpu":{"count":4.5}}'])('inventory %s is not accepted', (output) => {
    expect(interpret('inventory', output).refusal?.type).toBe('Invalid');
  });

  it('whatever an agent sends is answered', () => {
    fc.assert(fc.property(fc.constantFrom(...stepTypes), fc.oneof(fc.json(), fc.string()), (stepType, output) => {
      const { refusal } = interpret(stepType, output);
      expect([undefined, 'Invalid']).toContain(refusal?.type);
    }));
  });

  it('steps without output change nothing', () => {
    for (const stepType of ['install', 'execute', 'reset-installation', 'domain-resolution'] as const) expect(interpret(stepType, 'done')).toEqual({});
  });
});

describe('replies of steps that failed', () => {
  const host = makeHost(1, { status: 'installing' });

  it('a failed installation is told with its reason', () => {
    expect(interpret('install', '', { exitCode: 1, error: 'no space' }, host).facts).toEqual([{ kind: 'hostInstallFailed', hostId: hostIdOf(1), reason: 'exit code 1: no space' }]);
    const long = interpret('install', '', { exitCode: 1, error: 'x'.repeat(2000) }, host).facts?.[0];
    expect(long?.kind === 'hostInstallFailed' && long.reason.length).toBeLessThan(520);
  });

  it('an installation that is already at work has not failed', () => {
    const error = 'Error: error creating container storage: the container name "assisted-installer" is already in use by "abc"';
    expect(interpret('install', '', { exitCode: 125, error }, host)).toEqual({});
    expect(interpret('install', '', { exitCode: 125, error: 'other' }, host).facts).toHaveLength(1);
  });

  it('an unreadable medium fails the installation once', () => {
    const reply = { exitCode: 256, error: 'input/output error' };
    const [fact] = interpret('inventory', '', reply, host).facts ?? [];
    expect(fact).toMatchObject({ kind: 'hostInstallFailed', reason: expect.stringContaining('input/output error') });
    const told = { ...host, statusInfo: fact?.kind === 'hostInstallFailed' ? `Failed: ${fact.reason}` : '' };
    expect(interpret('inventory', '', reply, told)).toEqual({});
    expect(interpret('inventory', '', reply, makeHost(1))).toEqual({});
  });

  it('a failed measurement is stored when the disk is named', () => {
    expect(interpret('installation-disk-speed-check', { path: 'a', io_sync_duration: 0 }, { exitCode: 2 }).patch).toEqual({ disksInfo: { a: { path: 'a', disk_speed: { tested: true, exit_code: 2 } } } });
    expect(interpret('installation-disk-speed-check', '', { exitCode: 124 })).toEqual({});
  });

  it('others are ignored', () => {
    for (const stepType of stepTypes.filter((type) => type !== 'install')) expect(interpret(stepType, 'oops', { exitCode: 1 })).toEqual({});
  });
});
