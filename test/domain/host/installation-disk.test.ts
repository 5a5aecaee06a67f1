import { describe, expect, it } from 'vitest';
import { effectiveHostname } from '../../../src/domain/host/effective-hostname';
import { meetsRole } from '../../../src/domain/host/hardware';
import { chooseInstallationDisk } from '../../../src/domain/host/installation-disk';
import type { InventoryDisk } from '../../../src/domain/host/inventory';
import { gib, makeDisk, makeHost, makeInventory, makeSilentHost, makeSnapshot, settings } from '../validations/fixtures';

function choose(disks: InventoryDisk[], installationDiskId = '') {
  const host = makeHost(1, { installationDiskId }, { inventory: makeInventory(1, { disks }) });
  return chooseInstallationDisk(makeSnapshot([host]), host, settings);
}

describe('chooseInstallationDisk', () => {
  const nvme = makeDisk('nvme0n1', { drive_type: 'SSD', size_bytes: 200e9 });
  const ssd = makeDisk('sda', { drive_type: 'SSD', size_bytes: 200e9 });
  const large = makeDisk('sdb', { size_bytes: 900e9 });
  const small = makeDisk('sdc', { size_bytes: 300e9 });

  it('prefers no NVMe, then hard disks, then small ones', () => {
    expect(choose([nvme, ssd, large, small])).toEqual({ id: '/dev/disk/by-id/sdc', path: '/dev/sdc' });
    expect(choose([nvme, ssd])?.path).toBe('/dev/sda');
    expect(choose([nvme])?.path).toBe('/dev/nvme0n1');
  });

  it('keeps a chosen disk while it is eligible', () => {
    expect(choose([small, large], '/dev/disk/by-id/sdb')?.path).toBe('/dev/sdb');
    expect(choose([small, makeDisk('sdb', { size_bytes: 1 })], '/dev/disk/by-id/sdb')?.path).toBe('/dev/sdc');
  });

  it('knows a disk without an id by its path, and finds none in an empty host', () => {
    expect(choose([makeDisk('sda', { id: '' })])).toEqual({ id: '/dev/sda', path: '/dev/sda' });
    expect(choose([])).toBeUndefined();
  });
});

describe('meetsRole', () => {
  it('compares processors and memory only', () => {
    const host = makeHost(1, {}, { inventory: makeInventory(1, { cpu: { count: 4 }, memory: { physical_bytes: 16 * gib }, disks: [] }) });
    expect(meetsRole(host, 'master', makeSnapshot([host]), settings)).toBe(true);
    expect(meetsRole(host, 'master', makeSnapshot([host], { highAvailabilityMode: 'None' }), settings)).toBe(false);
    expect(meetsRole(makeSilentHost(1), 'worker', makeSnapshot([]), settings)).toBe(false);
  });

  it('takes the figures of the exact version', () => {
    const [standard] = settings.requirements;
    if (!standard) throw new Error('no requirements');
    const special = { ...settings, requirements: [...settings.requirements, { ...standard, version: '4.8.2', worker: { ...standard.worker, cpuCores: 99 } }] };
    const host = makeHost(1);
    expect(meetsRole(host, 'worker', makeSnapshot([host]), special)).toBe(false);
    expect(meetsRole(host, 'worker', makeSnapshot([host], { openshiftVersion: '4.8.3' }), special)).toBe(true);
  });
});

describe('effectiveHostname', () => {
  it('is the requested name, else that of the inventory, else the id', () => {
    expect(effectiveHostname(makeHost(1, { requestedHostname: 'a' }))).toBe('a');
    expect(effectiveHostname(makeHost(1))).toBe('node-1');
    expect(effectiveHostname(makeSilentHost(1))).toBe(makeSilentHost(1).id);
  });
});
