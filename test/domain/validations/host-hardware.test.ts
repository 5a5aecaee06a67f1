import { describe, expect, it } from 'vitest';
import type { ClusterSnapshot } from '../../../src/domain/cluster/model';
import type { Host } from '../../../src/domain/host/model';
import type { DomainSettings } from '../../../src/domain/settings';
import { createValidationContext } from '../../../src/domain/validations/context';
import { evaluateHostValidations } from '../../../src/domain/validations/evaluate-host';
import type { ValidationResult } from '../../../src/domain/validations/result';
import { gib, makeDisk, makeHost, makeHosts, makeInventory, makeSilentHost, makeSnapshot, now, settings } from './fixtures';

function find(id: string, host: Host, snapshot: ClusterSnapshot = makeSnapshot([host, ...makeHosts().slice(1)]), used: DomainSettings = settings): ValidationResult | undefined {
  return Object.values(evaluateHostValidations(createValidationContext(snapshot, now, used), host)).flat().find((result) => result.id === id);
}

function statusOf(id: string, ...args: [Host, ClusterSnapshot?, DomainSettings?]): string | undefined {
  return find(id, ...args)?.status;
}

const withInventory = (overrides: Parameters<typeof makeInventory>[1], host: Partial<Host> = {}): Host => makeHost(1, host, { inventory: makeInventory(1, overrides) });

describe('hardware validations of a host', () => {
  const needInventory = [
    'has-min-cpu-cores', 'has-min-memory', 'has-min-valid-disks', 'has-cpu-cores-for-role', 'has-memory-for-role', 'hostname-unique', 'hostname-valid', 'valid-platform',
  ];
  it.each(needInventory)('%s is pending without an inventory and succeeds with a good one', (id) => {
    expect(statusOf(id, makeSilentHost(1))).toBe('pending');
    expect(statusOf(id, makeHost(1))).toBe('success');
  });

  it('has-inventory names what is missing', () => {
    expect(statusOf('has-inventory', makeHost(1))).toBe('success');
    expect(statusOf('has-inventory', makeSilentHost(1))).toBe('failure');
    expect(find('has-inventory', withInventory({ disks: [] }))).toMatchObject({ status: 'failure', message: expect.stringContaining('disks') });
  });

  it('the least of all roles decides has-min-cpu-cores and has-min-memory', () => {
    const small = withInventory({ cpu: { count: 2 }, memory: { physical_bytes: 8 * gib } });
    expect([statusOf('has-min-cpu-cores', small), statusOf('has-min-memory', small)]).toEqual(['success', 'success']);
    expect([statusOf('has-cpu-cores-for-role', small), statusOf('has-memory-for-role', small)]).toEqual(['failure', 'failure']);
    const tiny = withInventory({ cpu: { count: 1 }, memory: { physical_bytes: 8 * gib - 1 } });
    expect(find('has-min-cpu-cores', tiny)).toMatchObject({ status: 'failure', message: expect.stringMatching(/1 CPU.*2/) });
    expect(find('has-min-memory', tiny)).toMatchObject({ status: 'failure', message: expect.stringMatching(/8191 MiB.*8192 MiB/) });
  });

  it('a host without a role is measured as a worker, a single node by its own figures', () => {
    const small = withInventory({ cpu: { count: 4 }, memory: { physical_bytes: 8 * gib } }, { role: 'auto-assign' });
    expect([statusOf('has-cpu-cores-for-role', small), statusOf('has-memory-for-role', small)]).toEqual(['success', 'success']);
    const single = makeSnapshot([small], { highAvailabilityMode: 'None', userManagedNetworking: true });
    expect(find('has-cpu-cores-for-role', small, single)).toMatchObject({ status: 'failure', message: expect.stringContaining('8') });
  });

  it('has-min-valid-disks wants a disk that is large enough and no removable one', () => {
    expect(find('has-min-valid-disks', withInventory({ disks: [makeDisk('sda', { size_bytes: 119e9 })] }))).toMatchObject({ status: 'failure', message: expect.stringContaining('120 GB') });
    const removable = makeDisk('sda', { installation_eligibility: { eligible: false, not_eligible_reasons: ['Disk is removable'] } });
    expect(statusOf('has-min-valid-disks', withInventory({ disks: [removable] }))).toBe('failure');
  });

  it('hostname-unique counts requested names, also those of disabled hosts', () => {
    const named = makeHost(1, { requestedHostname: 'node-2' });
    expect(statusOf('hostname-unique', named)).toBe('failure');
    expect(statusOf('hostname-unique', named, makeSnapshot([named, makeHost(2, { status: 'disabled' })]))).toBe('failure');
    expect(statusOf('hostname-unique', named, makeSnapshot([named, makeSilentHost(2, { requestedHostname: 'node-2' })]))).toBe('success');
  });

  it('hostname-valid refuses localhost only', () => {
    expect(statusOf('hostname-valid', withInventory({ hostname: 'localhost' }))).toBe('failure');
    expect(statusOf('hostname-valid', withInventory({ hostname: 'localhost' }, { requestedHostname: 'a' }))).toBe('success');
  });

  it('valid-platform refuses virtual machines of OpenStack and needs a vendor', () => {
    expect(statusOf('valid-platform', withInventory({ system_vendor: { product_name: 'OpenStack Compute' } }))).toBe('failure');
    const { system_vendor: _none, ...rest } = makeInventory(1);
    expect(statusOf('valid-platform', makeHost(1, {}, { inventory: rest }))).toBe('error');
  });

  it('sufficient-installation-disk-speed succeeds untested, fails with the exit code of the test', () => {
    const id = 'sufficient-installation-disk-speed';
    const tested = (exit_code: number) => makeHost(1, {}, { disksInfo: { '/dev/disk/by-id/sda': { path: '/dev/disk/by-id/sda', disk_speed: { tested: true, exit_code } } } });
    expect(statusOf(id, makeHost(1))).toBe('success');
    expect(statusOf(id, tested(0))).toBe('success');
    expect(find(id, tested(3))).toMatchObject({ status: 'failure', message: expect.stringContaining('exit code 3') });
    expect(statusOf(id, makeSilentHost(1))).toBe('error');
  });

  it('a validation that is switched off says so', () => {
    expect(statusOf('has-min-memory', makeSilentHost(1), undefined, { ...settings, disabledHostValidations: ['has-min-memory'] })).toBe('disabled');
  });

  it('lists every validation once, by category and in order', () => {
    const results = evaluateHostValidations(createValidationContext(makeSnapshot(), now, settings), makeHost(1));
    expect(Object.fromEntries(Object.entries(results).map(([category, list]) => [category, list.map(({ id }) => id)]))).toEqual({
      hardware: [
        'has-inventory', 'has-min-cpu-cores', 'has-min-valid-disks', 'has-min-memory', 'has-cpu-cores-for-role', 'has-memory-for-role', 'hostname-unique', 'hostname-valid',
        'valid-platform', 'sufficient-installation-disk-speed',
      ],
      network: [
        'connected', 'machine-cidr-defined', 'belongs-to-machine-cidr', 'api-vip-connected', 'belongs-to-majority-group', 'ntp-synced', 'container-images-available',
        'sufficient-network-latency-requirement-for-role', 'sufficient-packet-loss-requirement-for-role',
      ],
      operators: ['cnv-requirements-satisfied', 'lso-requirements-satisfied', 'ocs-requirements-satisfied'],
    });
    expect(Object.keys(results)).toEqual(['hardware', 'network', 'operators']);
  });
});
