import type { ClusterSnapshot } from '../cluster/model';
import type { ClusterStatus } from '../cluster/status';
import type { Refusal } from '../refusal';
import { findRegistrationRule } from './registration-transitions';
import type { HostStatus } from './status';

export interface RegistrationAllowed {
  allowed: true;
  isNew: boolean;
  /** State the host will have; `discovering` means that its inventory and NTP sources are to be forgotten. */
  status: HostStatus;
}

const accepting: readonly ClusterStatus[] = ['insufficient', 'ready', 'pending-for-input', 'adding-hosts'];

/**
 * May this host register? New hosts only while the cluster accepts hosts (Conflict); a known one by its own state:
 * Invalid lets the agent try again later, Forbidden makes it stop.
 */
export function decideHostRegistration({ cluster, hosts }: ClusterSnapshot, hostId: string): RegistrationAllowed | Refusal {
  const host = hosts.find((candidate) => candidate.id === hostId);
  if (host === undefined) {
    if (accepting.includes(cluster.status)) return { allowed: true, isNew: true, status: 'discovering' };
    return { type: 'Conflict', reason: cluster.status === 'installed'
      ? 'The cluster is installed: add hosts to it as day-2 hosts'
      : `The cluster accepts no new hosts while it is in status ${cluster.status}` };
  }
  const rule = findRegistrationRule(host);
  if (rule === undefined) return { type: 'Invalid', reason: `Host ${hostId} cannot register while it is in status ${host.status}` };
  if (rule.forbidden === true) return { type: 'Forbidden', reason: rule.info(host) };
  return { allowed: true, isNew: false, status: rule.to };
}
