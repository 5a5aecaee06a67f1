import type { Host } from './model';
import type { HostStatus } from './status';

export type HostTrigger = 'install' | 'installFailed' | 'cancel' | 'reset' | 'requireReset' | 'disable' | 'enable';

export interface HostUserRule {
  trigger: HostTrigger;
  from: readonly HostStatus[];
  to: HostStatus;
  info: string;
}

const onDisk: readonly HostStatus[] = ['installing-pending-user-action', 'installing', 'installing-in-progress', 'installed', 'error'];
const preparing: readonly HostStatus[] = ['preparing-for-installation', 'preparing-successful', 'known'];
const readyAgain = 'Host is ready to be installed';

/** What users, and the agent's failed installation, do to a host; no rule for a state refuses the operation. */
export const hostUserRules: readonly HostUserRule[] = [
  { trigger: 'install', from: ['known'], to: 'installing', info: 'Installation is in progress' },
  { trigger: 'install', from: ['disabled'], to: 'disabled', info: 'Host was disabled by the user' },
  {
    trigger: 'disable', from: ['disconnected', 'discovering', 'insufficient', 'known', 'pending-for-input'], to: 'disabled', info: 'Host was disabled by the user',
  },
  { trigger: 'enable', from: ['disabled'], to: 'discovering', info: 'Waiting for the host to send its hardware details' },
  { trigger: 'installFailed', from: ['installing', 'installing-in-progress'], to: 'error', info: 'The installation command failed' },
  { trigger: 'cancel', from: onDisk, to: 'cancelled', info: 'Installation was cancelled by the user' },
  { trigger: 'cancel', from: preparing, to: 'known', info: readyAgain },
  { trigger: 'cancel', from: ['disabled'], to: 'disabled', info: 'Host was disabled by the user' },
  { trigger: 'reset', from: [...onDisk, 'cancelled', 'added-to-existing-cluster'], to: 'resetting', info: 'Installation was reset by the user' },
  { trigger: 'reset', from: preparing, to: 'known', info: readyAgain },
  { trigger: 'reset', from: ['disabled'], to: 'disabled', info: 'Host was disabled by the user' },
  {
    trigger: 'requireReset',
    from: ['resetting', 'discovering', ...preparing, ...onDisk, 'cancelled', 'added-to-existing-cluster'],
    to: 'resetting-pending-user-action',
    info: 'To reset the installation, boot the host from the discovery image',
  },
  { trigger: 'requireReset', from: ['disabled'], to: 'disabled', info: 'Host was disabled by the user' },
];

/** The first rule for the host's state. */
export function findHostUserRule(trigger: HostTrigger, host: Pick<Host, 'status'>): HostUserRule | undefined {
  return hostUserRules.find((rule) => rule.trigger === trigger && rule.from.includes(host.status));
}
