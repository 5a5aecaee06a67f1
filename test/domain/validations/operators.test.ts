import { describe, expect, it } from 'vitest';
import type { ClusterSnapshot } from '../../../src/domain/cluster/model';
import { roleRequirements } from '../../../src/domain/host/hardware';
import type { Host } from '../../../src/domain/host/model';
import { createValidationContext } from '../../../src/domain/validations/context';
import { evaluateClusterValidations } from '../../../src/domain/validations/evaluate-cluster';
import { evaluateHostValidations } from '../../../src/domain/validations/evaluate-host';
import { gib, makeDisk, makeHost, makeHosts, makeInventory, makeSilentHost, makeSnapshot, now, settings } from './fixtures';

const withDisks = (position: number, disks: number, host: Partial<Host> = {}, extraGb = 100) =>
  makeHost(position, host, { inventory: makeInventory(position, { disks: [makeDisk('sda'), ...Array.from({ length: disks }, (_, index) => makeDisk(`sdb${index}`, { size_bytes: extraGb * 1e9 }))] }) });

function hostStatus(id: string, host: Host, snapshot: ClusterSnapshot): string | undefined {
  return evaluateHostValidations(createValidationContext(snapshot, now, settings), host)['operators']?.find((result) => result.id === id)?.status;
}

function clusterStatus(id: string, snapshot: ClusterSnapshot): string | undefined {
  return evaluateClusterValidations(createValidationContext(snapshot, now, settings))['operators']?.find((result) => result.id === id)?.status;
}

describe('operators', () => {
  it.each(['cnv', 'lso', 'ocs'])('%s asks nothing while it is not selected', (name) => {
    const host = makeSilentHost(1);
    expect(hostStatus(`${name}-requirements-satisfied`, host, makeSnapshot([host]))).toBe('success');
    expect(clusterStatus(`${name}-requirements-satisfied`, makeSnapshot([host]))).toBe('success');
  });

  it('cnv wants a processor for virtual machines, then a role, then its own figures', () => {
    const check = (host: Host) => hostStatus('cnv-requirements-satisfied', host, makeSnapshot([host, ...makeHosts().slice(1)], {}, ['cnv', 'lso']));
    expect(check(makeHost(1))).toBe('success');
    expect(check(makeSilentHost(1))).toBe('pending');
    expect(check(makeHost(1, {}, { inventory: makeInventory(1, { cpu: { count: 16, flags: [] } }) }))).toBe('failure');
    expect(check(makeHost(1, { role: 'auto-assign' }))).toBe('failure');
    expect(check(makeHost(1, {}, { inventory: makeInventory(1, { cpu: { count: 3, flags: ['svm'] } }) }))).toBe('failure');
    expect(check(makeHost(1, {}, { inventory: makeInventory(1, { memory: { physical_bytes: 64 * gib, usable_bytes: 100 } }) }))).toBe('failure');
  });

  it('cnv adds to the requirements of a role, on workers also by device', () => {
    const devices = { gpus: [{ vendor_id: '10DE', device_id: '1eb8' }, { vendor_id: '102b', device_id: '0536' }], interfaces: [{ name: 'eth0', vendor: '0x8086', product: '0x158b' }] };
    const host = makeHost(1, { role: 'worker' }, { inventory: makeInventory(1, devices) });
    const snapshot = makeSnapshot([host], {}, ['cnv']);
    expect(roleRequirements(snapshot, host, 'master', settings)).toMatchObject({ cpuCores: 8, ramMib: 16_384 + 150, diskSizeGb: 120, packetLossPercentage: 0 });
    expect(roleRequirements(snapshot, host, 'worker', settings)).toMatchObject({ cpuCores: 4, ramMib: 8_192 + 360 + 2 * 1024, networkLatencyThresholdMs: 1000 });
  });

  it('ocs adds by role and by disk', () => {
    const three = makeSnapshot([withDisks(1, 2), withDisks(2, 0), makeHost(3)], {}, ['ocs']);
    const [first, second] = three.hosts;
    if (!first || !second) throw new Error('no hosts');
    expect(roleRequirements(three, first, 'master', settings)).toMatchObject({ cpuCores: 4 + 6 + 4, ramMib: 16_384 + 29 * 1024 });
    expect(roleRequirements(three, second, 'master', settings)).toMatchObject({ cpuCores: 4 + 6 + 2, ramMib: 16_384 + 24 * 1024 });
    const six = makeSnapshot([first, ...[2, 3, 4, 5, 6].map((position) => withDisks(position, 1))], {}, ['ocs']);
    expect(roleRequirements(six, first, 'master', settings)).toMatchObject({ cpuCores: 4 });
    expect(roleRequirements(six, first, 'worker', settings)).toMatchObject({ cpuCores: 2 + 8 + 4, ramMib: 8_192 + 29 * 1024 });
  });

  it('ocs on three hosts wants a spare disk on each and no worker', () => {
    const check = (host: Host) => hostStatus('ocs-requirements-satisfied', host, makeSnapshot([host, withDisks(2, 1), withDisks(3, 1)], {}, ['ocs']));
    expect(check(withDisks(1, 1))).toBe('success');
    expect(check(withDisks(1, 0))).toBe('failure');
    expect(check(withDisks(1, 1, {}, 24))).toBe('failure');
    expect(check(withDisks(1, 1, { role: 'worker' }))).toBe('failure');
    expect(check(makeSilentHost(1))).toBe('pending');
  });

  it('ocs on more hosts wants roles and no small disk', () => {
    const check = (host: Host) => hostStatus('ocs-requirements-satisfied', host, makeSnapshot([host, ...[2, 3, 4, 5, 6].map((position) => withDisks(position, 1))], {}, ['ocs']));
    expect(check(withDisks(1, 0, { role: 'worker' }))).toBe('success');
    expect(check(withDisks(1, 1, { role: 'auto-assign' }))).toBe('failure');
    expect(check(withDisks(1, 1, { role: 'worker' }, 20))).toBe('failure');
  });

  it('ocs wants three or six hosts and three disks on three of them', () => {
    const id = 'ocs-requirements-satisfied';
    const masters = (disks: number) => [1, 2, 3].map((position) => withDisks(position, disks));
    const workers = (count: number, disks: number) => Array.from({ length: count }, (_, index) => withDisks(4 + index, disks, { role: 'worker' }));
    expect(clusterStatus(id, makeSnapshot(masters(1), {}, ['ocs']))).toBe('success');
    expect(clusterStatus(id, makeSnapshot(masters(0), {}, ['ocs']))).toBe('failure');
    expect(clusterStatus(id, makeSnapshot([...masters(1), ...workers(2, 1)], {}, ['ocs']))).toBe('failure');
    expect(clusterStatus(id, makeSnapshot([...masters(1), ...workers(3, 0)], {}, ['ocs']))).toBe('failure');
    expect(clusterStatus(id, makeSnapshot([...masters(0), ...workers(3, 1)], {}, ['ocs']))).toBe('success');
    expect(clusterStatus(id, makeSnapshot([...masters(1).slice(1), makeSilentHost(1)], {}, ['ocs']))).toBe('pending');
  });
});
