import type { Host } from './model';
import type { HostStatus } from './status';

export interface RegistrationRule {
  from: readonly HostStatus[];
  when?: (host: Host) => boolean;
  to: HostStatus;
  /** Refused although the state is the right one: the agent has to stop. */
  forbidden?: boolean;
  info: (host: Host) => string;
}

const isRebooting = (host: Host): boolean => host.stage === 'Rebooting';

function describeInstallationDisk(host: Host): string {
  const disk = host.facts.inventory?.disks?.find(
    (candidate) => candidate.id === host.installationDiskId || (candidate.name !== undefined && `/dev/${candidate.name}` === host.installationDiskPath),
  );
  const parts = [disk?.model, disk?.serial, disk?.name ?? host.installationDiskPath].filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? 'its installation disk' : `its installation disk (${parts.join(', ')})`;
}

const wrongBoot = (host: Host): string => `Host was expected to boot from ${describeInstallationDisk(host)} but booted the discovery image; correct its boot order`;

/** What the registration of a host that is known leads to, tried in order; no passing rule refuses it. */
export const registrationRules: readonly RegistrationRule[] = [
  {
    from: ['discovering', 'known', 'disconnected', 'insufficient', 'resetting-pending-user-action', 'preparing-for-installation', 'preparing-successful'],
    to: 'discovering', info: () => 'Waiting for the host to send its hardware details',
  },
  { from: ['disabled'], to: 'disabled', info: (host) => host.statusInfo },
  { from: ['resetting'], when: isRebooting, to: 'resetting', info: (host) => host.statusInfo },
  { from: ['resetting'], to: 'discovering', info: () => 'Waiting for the host to send its hardware details' },
  { from: ['installing-pending-user-action'], when: isRebooting, to: 'installing-pending-user-action', forbidden: true, info: wrongBoot },
  { from: ['installing-in-progress', 'added-to-existing-cluster'], when: isRebooting, to: 'installing-pending-user-action', info: wrongBoot },
  { from: ['installing', 'installing-in-progress'], to: 'error', info: () => 'The host restarted unexpectedly during the installation' },
  { from: ['error'], to: 'error', info: (host) => host.statusInfo },
];

export function findRegistrationRule(host: Host): RegistrationRule | undefined {
  return registrationRules.find((rule) => rule.from.includes(host.status) && (rule.when?.(host) ?? true));
}
