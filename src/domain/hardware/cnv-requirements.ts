import type { Host } from '../host/model';
import type { HostRole } from '../host/role';
import type { OperatorRequirements } from './operator-requirements';

/** What OpenShift Virtualization takes of a host, and for each device that virtual machines may be given. */
export const cnvFigures = {
  master: { cpuCores: 4, ramMib: 150 },
  worker: { cpuCores: 2, ramMib: 360 },
  ramMibPerDevice: 1024,
} as const;

/** Vendor and device ids of the PCI devices that virtual machines may be given. */
const passthroughGpus = new Set(['10de:1db6', '10de:1eb8']);
const virtualisedNics = new Set(['8086:158b', '15b3:1015']);

/** What OpenShift Virtualization takes of a host of the role. */
export function cnvRequirements(host: Host, role: HostRole): OperatorRequirements {
  if (role === 'master' || role === 'bootstrap') return cnvFigures.master;
  const { cpuCores, ramMib } = cnvFigures.worker;
  return { cpuCores, ramMib: ramMib + cnvFigures.ramMibPerDevice * countDevices(host) };
}

function countDevices({ facts: { inventory } }: Host): number {
  const gpus = (inventory?.gpus ?? []).filter((gpu) => passthroughGpus.has(pciId(gpu.vendor_id, gpu.device_id)));
  const nics = (inventory?.interfaces ?? []).filter((nic) => virtualisedNics.has(pciId(nic.vendor, nic.product)));
  return gpus.length + nics.length;
}

function pciId(vendor: string | undefined, device: string | undefined): string {
  return [vendor, device].map((part) => (part ?? '').toLowerCase().replace(/^0x/, '')).join(':');
}
