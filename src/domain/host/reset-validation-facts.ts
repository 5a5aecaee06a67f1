import type { HostFacts } from './facts';
import { diskKey } from './disk-key';
import type { Host } from './model';

/** Validations whose measurements can be taken again; all others follow from what the host reports anyway. */
export const resettableValidations = ['sufficient-installation-disk-speed', 'container-images-available'] as const;
export type ResettableValidation = (typeof resettableValidations)[number];

export function isResettableValidation(id: string): id is ResettableValidation {
  return resettableValidations.some((candidate) => candidate === id);
}

/** The host's facts without the measurements of a validation, so that its agent is asked to take them again. */
export function resetValidationFacts(host: Host, validation: ResettableValidation): HostFacts {
  if (validation === 'container-images-available') return { ...host.facts, imagesStatus: {} };
  // An agent that gives disks no ids measures by path.
  const disk = host.facts.inventory?.disks?.find((candidate) => diskKey(candidate) === host.installationDiskId);
  const keys = [host.installationDiskId, host.installationDiskPath, ...(disk?.name ? [`/dev/${disk.name}`] : [])];
  return { ...host.facts, disksInfo: Object.fromEntries(Object.entries(host.facts.disksInfo).filter(([key]) => !keys.includes(key))) };
}
