import { expect, it } from 'vitest';
import type { Inventory } from '../../../src/domain/host/inventory';
import { machineSize, planMachines } from '../machine-plan';
import { compareInventory } from './discover';

const [plan] = planMachines(1);
if (!plan) throw new Error('no plan');

const inventory: Inventory = {
  boot: { current_boot_mode: 'bios' },
  disks: [
    { name: 'sr0', path: '/dev/sr0', drive_type: 'ODD', is_installation_media: true },
    { name: 'vda', path: '/dev/vda', serial: plan.diskSerial, size_bytes: machineSize.diskBytes, installation_eligibility: { eligible: true, not_eligible_reasons: [] } },
  ],
  interfaces: [{ name: 'eth0', mac_address: plan.mac, ipv4_addresses: ['10.0.2.15/24'] }],
  memory: { physical_bytes: 980 * 2 ** 20, usable_bytes: 900 * 2 ** 20 },
  system_vendor: { serial_number: plan.serial },
};

it('an inventory fits the machine it was made on', () => {
  expect(compareInventory(inventory, plan, 'bios')).toEqual([]);
});

it('each difference is told', () => {
  expect(compareInventory({}, plan, 'uefi')).toHaveLength(6);
  expect(compareInventory({ ...inventory, disks: inventory.disks?.slice(1) ?? [] }, plan, 'bios')).toEqual(['the drive with the discovery image is not told']);
  expect(compareInventory(inventory, plan, 'uefi')).toEqual(['it was booted by bios']);
});
