import { createHash } from 'node:crypto';
import type { InventoryDisk } from '../../domain/host/inventory';
import type { MachineFacts } from './machine-facts';
import { smartReport } from './smart-report';

function wwnOf(seed: string): string {
  return `0x5${createHash('sha256').update(seed).digest('hex').slice(0, 15)}`;
}

function bootMedium(): InventoryDisk {
  return {
    id: '/dev/disk/by-path/pci-0000:00:14.0-usb-0:14.1:1.0-scsi-0:0:0:0',
    by_path: '/dev/disk/by-path/pci-0000:00:14.0-usb-0:14.1:1.0-scsi-0:0:0:0',
    name: 'sr0',
    path: '/dev/sr0',
    drive_type: 'ODD',
    vendor: 'iDRAC',
    model: 'Virtual_CD',
    serial: '1028_123456',
    hctl: '14:0:0:0',
    size_bytes: 1_071_644_672,
    bootable: true,
    is_installation_media: true,
    installation_eligibility: { eligible: false, not_eligible_reasons: ['Disk is removable', 'Disk is an installation media'] },
    smart: '',
    io_perf: { sync_duration: 0 },
  };
}

/** The disks of a machine: those of its profile and the medium it booted from. */
export function makeDisks(machine: MachineFacts): InventoryDisk[] {
  const disks = machine.profile.disks.map((disk, position): InventoryDisk => {
    const serial = `${machine.serial.replaceAll('-', '')}D${position}`;
    const wwn = wwnOf(serial);
    const sizeBytes = disk.sizeGb * 1_000_000_000;
    return {
      id: `/dev/disk/by-id/wwn-${wwn}`,
      by_id: `/dev/disk/by-id/wwn-${wwn}`,
      by_path: `/dev/disk/by-path/pci-0000:18:00.0-scsi-0:2:${position}:0`,
      name: disk.name,
      path: `/dev/${disk.name}`,
      drive_type: disk.driveType,
      vendor: 'ATA',
      model: disk.model,
      serial,
      wwn,
      hctl: `0:2:${position}:0`,
      size_bytes: sizeBytes,
      bootable: position === 0,
      is_installation_media: false,
      installation_eligibility: { eligible: true, not_eligible_reasons: [] },
      smart: smartReport({ name: disk.name, model: disk.model, serial, sizeBytes }),
      io_perf: { sync_duration: 0 },
    };
  });
  return [...disks, bootMedium()];
}
