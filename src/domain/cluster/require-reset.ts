import { draftEvent } from '../events/draft-event';
import { effectiveHostname } from '../host/effective-hostname';
import type { Host } from '../host/model';
import { setHostStatus, type HostChange } from '../host/set-host-status';
import type { HostStage } from '../host/stage';
import { findHostUserRule } from '../host/user-transitions';
import type { DomainSettings } from '../settings';
import type { Change } from './evaluation';
import type { ClusterSnapshot } from './model';

const bootedFromDisk: readonly (HostStage | '')[] = ['Rebooting', 'Waiting for ignition', 'Configuring', 'Joined', 'Done'];

/** True for a host that has booted its installation disk: no agent runs on it that could reset it. */
export const runsFromDisk = (host: Host): boolean => bootedFromDisk.includes(host.stage);

/** True where hosts that reset themselves are waited for: after the reset of their cluster, or each alone in a cluster they were added to. */
const awaitsResets = ({ cluster }: ClusterSnapshot): boolean => cluster.status === 'insufficient' || cluster.kind === 'AddHostsCluster';

/** When a host that resets itself counts as stuck; undefined when it is not waited for. */
export function findResetDeadline(snapshot: ClusterSnapshot, host: Host, { deadlines }: DomainSettings): Date | undefined {
  return host.status === 'resetting' && awaitsResets(snapshot) ? new Date(host.statusUpdatedAt.getTime() + deadlines.reset) : undefined;
}

function requireUser(host: Host, now: Date): HostChange {
  const rule = findHostUserRule('requireReset', host);
  const cause = { clusterId: host.clusterId, hostId: host.id, cause: now.getTime(), at: now };
  if (rule === undefined && host.status !== 'resetting-pending-user-action') {
    return { host, events: [draftEvent('host_reset_needs_user_failed', { host: effectiveHostname(host), status: host.status }, cause)] };
  }
  if (rule === undefined || rule.to === host.status) return { host, events: [] };
  const moved = setHostStatus(host, rule.to, rule.info, now);
  return { host: moved.host, events: [draftEvent('host_reset_needs_user', { host: effectiveHostname(host) }, cause), ...moved.events] };
}

/**
 * Once one host of a reset cluster cannot reset itself, its user has to boot all of them: a cluster is not installed from
 * a mixture. Hosts that were added to a running cluster are reset each on its own.
 */
export function requireReset(snapshot: ClusterSnapshot, now: Date, settings: DomainSettings): Change {
  const stuck = new Set(snapshot.hosts.filter((host) => {
    const deadline = findResetDeadline(snapshot, host, settings);
    return deadline !== undefined && (deadline.getTime() <= now.getTime() || runsFromDisk(host));
  }));
  if (stuck.size === 0) return { snapshot, events: [] };
  const isMeant = (host: Host): boolean => snapshot.cluster.kind === 'Cluster' || stuck.has(host);
  const changes = snapshot.hosts.map((host) => (isMeant(host) ? requireUser(host, now) : { host, events: [] }));
  return { snapshot: { ...snapshot, hosts: changes.map((change) => change.host) }, events: changes.flatMap((change) => change.events) };
}
