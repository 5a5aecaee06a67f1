import { draftEvent } from '../events/draft-event';
import { effectiveHostname } from '../host/effective-hostname';
import type { Host } from '../host/model';
import { setHostStatus } from '../host/set-host-status';
import type { HostStage } from '../host/stage';
import { findHostUserRule } from '../host/user-transitions';
import type { Change } from './evaluation';
import type { ClusterSnapshot } from './model';

/** How long an agent may take to reset its host by itself, in milliseconds. */
const resetLimit = 3 * 60_000;
const bootedFromDisk: readonly (HostStage | '')[] = ['Rebooting', 'Waiting for ignition', 'Configuring', 'Joined', 'Done'];

/** True for a host that has booted its installation disk: no agent runs on it that could reset it. */
export const runsFromDisk = (host: Host): boolean => bootedFromDisk.includes(host.stage);

/** When a host that resets itself counts as stuck; undefined when it does not. */
export function findResetDeadline(host: Host): Date | undefined {
  return host.status === 'resetting' ? new Date(host.statusUpdatedAt.getTime() + resetLimit) : undefined;
}

function needsUser(host: Host, now: Date): boolean {
  const deadline = findResetDeadline(host);
  return deadline !== undefined && (deadline.getTime() <= now.getTime() || runsFromDisk(host));
}

/** Once one host of a reset cluster cannot reset itself, its user has to boot all of them: a cluster is not installed from a mixture. */
export function requireReset(snapshot: ClusterSnapshot, now: Date): Change {
  if (snapshot.cluster.status !== 'insufficient' || !snapshot.hosts.some((host) => needsUser(host, now))) return { snapshot, events: [] };
  const changes = snapshot.hosts.map((host) => {
    const rule = findHostUserRule('requireReset', host);
    if (rule === undefined || rule.to === host.status) return { host, events: [] };
    const moved = setHostStatus(host, rule.to, rule.info, now);
    const cause = { clusterId: host.clusterId, hostId: host.id, cause: now.getTime(), at: now };
    return { host: moved.host, events: [draftEvent('host_reset_needs_user', { host: effectiveHostname(host) }, cause), ...moved.events] };
  });
  return { snapshot: { ...snapshot, hosts: changes.map((change) => change.host) }, events: changes.flatMap((change) => change.events) };
}
