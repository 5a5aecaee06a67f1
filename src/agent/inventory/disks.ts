import type { InventoryDisk } from '../../domain/host/inventory';
import type { Machine } from '../machine/machine';
import { hasBootSector } from '../machine/read-device';
import type { BlockDevice } from './block-device';
import { readDiskLinks, type DiskLinks } from './disk-links';
import { listBlockDevices } from './list-block-devices';
import { findLiveMedium, readMounts } from './live-medium';

/** A report is some 20 kB; the inventory is kept by the service and sent around in it. */
const longestSmart = 128 * 1024;

interface Surroundings {
  liveMedium: string | undefined;
  mounts: ReadonlyMap<string, readonly string[]>;
}

/** The disks and optical drives, each with what speaks against installing on it; size and type are the service's to judge. */
export async function readDisks(machine: Machine): Promise<InventoryDisk[]> {
  const [devices, mounts, linksOf] = await Promise.all([listBlockDevices(machine), readMounts(machine), readDiskLinks(machine)]);
  const surroundings = { mounts, liveMedium: await findLiveMedium(machine, devices, mounts) };
  return Promise.all(devices.map((device) => describeDisk(machine, device, linksOf(device.name), surroundings)));
}

async function describeDisk(machine: Machine, device: BlockDevice, { byId, byPath }: DiskLinks, surroundings: Surroundings): Promise<InventoryDisk> {
  const path = `/dev/${device.name}`;
  const isMedium = device.name === surroundings.liveMedium;
  const reasons = reasonsAgainst(device, isMedium, surroundings);
  const [bootable, smart] = await Promise.all([hasBootSector(machine, path), readSmart(machine, device)]);
  return {
    id: byId || byPath || path,
    by_id: byId,
    by_path: byPath,
    name: device.name,
    path,
    drive_type: driveType(device, byPath),
    vendor: device.vendor,
    model: device.model,
    serial: device.serial,
    wwn: device.wwn,
    hctl: device.hctl,
    size_bytes: device.sizeBytes,
    bootable,
    is_installation_media: isMedium,
    installation_eligibility: { eligible: reasons.length === 0, not_eligible_reasons: reasons },
    smart,
    io_perf: { sync_duration: 0 },
  };
}

function driveType({ kind, transport, rotational }: BlockDevice, byPath: string): string {
  if (kind === 'rom') return 'ODD';
  if (transport === 'fc' || byPath.includes('-fc-')) return 'FC';
  if (transport === 'iscsi' || byPath.includes('-iscsi-')) return 'iSCSI';
  return rotational ? 'HDD' : 'SSD';
}

function reasonsAgainst({ members, memberKinds, removable, readOnly, kind }: BlockDevice, isMedium: boolean, { mounts }: Surroundings): string[] {
  const places = isMedium ? [] : members.flatMap((member) => mounts.get(member) ?? []);
  return [
    ...(removable || kind === 'rom' ? ['Disk is removable'] : []),
    ...(isMedium ? ['Disk is an installation media'] : []),
    ...(readOnly && kind === 'disk' ? ['Disk is read-only'] : []),
    ...(memberKinds.includes('mpath') ? ['Disk is a path of a multipath device'] : []),
    ...(places.length > 0 ? [`Disk is in use by the running system: ${[...new Set(places)].join(', ')}`] : []),
  ];
}

/** The disk's own report of its health as JSON text; empty where it, or the program that asks for it, is missing. */
async function readSmart(machine: Machine, { name, kind }: BlockDevice): Promise<string> {
  if (kind === 'rom' || !machine.has('smartctl')) return '';
  const result = await machine.run('smartctl', ['--json=c', '-a', `/dev/${name}`], { timeoutMs: 1_500, maxOutputBytes: longestSmart });
  // Its exit code is a set of flags about the disk: the report is there for most of them.
  return result.end === 'exited' && result.stdout.startsWith('{') ? result.stdout.trim() : '';
}
