import type { Deadline, DeadlineName } from '../cluster/evaluation';
import { enabledHosts } from '../cluster/enabled-hosts';
import type { ClusterSnapshot } from '../cluster/model';
import { findResetDeadline } from '../cluster/require-reset';
import { findClusterLogDeadline, findLeaseDeadline, inactivityDeadline, inactivityWarnings, preparationDeadline } from '../cluster/time-limits';
import type { Host } from '../host/model';
import { findHostLogDeadline, isStagePaused, stageDeadline, startDeadline } from '../host/refresh-context';
import type { DomainSettings } from '../settings';

function entry(name: DeadlineName, at: Date | null | undefined, hostId?: string): Deadline[] {
  if (at === null || at === undefined) return [];
  return [{ name, at, ...(hostId === undefined ? {} : { hostId }) }];
}

function hostDeadlines(host: Host, snapshot: ClusterSnapshot, settings: DomainSettings): Deadline[] {
  const logs = entry('log collection', findHostLogDeadline(host, settings), host.id);
  if (host.status === 'installing') return [...entry('host start time-out', startDeadline(host, settings), host.id), ...logs];
  if (host.status === 'resetting') return entry('reset time-out', findResetDeadline(snapshot, host, settings), host.id);
  if (host.status === 'installing-in-progress' && !isStagePaused(host, snapshot)) return entry('stage time-out', stageDeadline(host, settings), host.id);
  return logs;
}

/**
 * Everything the state waits for, whether due or not. The silence of agents is not among it: a sweep over all
 * clusters finds silent hosts, so that heartbeats move no timer.
 */
export function listDeadlines(snapshot: ClusterSnapshot, settings: DomainSettings): Deadline[] {
  const { cluster, infraEnv } = snapshot;
  return [
    ...(cluster.status === 'preparing-for-installation' ? entry('preparation time-out', preparationDeadline(cluster, settings)) : []),
    ...entry('log collection', findClusterLogDeadline(cluster, settings)),
    ...entry('DHCP lease warning', findLeaseDeadline(cluster, settings)),
    ...(infraEnv.imageGenerated ? entry('image expiry', infraEnv.imageExpiresAt) : []),
    ...inactivityWarnings(cluster, settings).flatMap((at) => entry('inactivity warning', at)),
    ...entry('3-week inactivity', inactivityDeadline(cluster, settings)),
    ...enabledHosts(snapshot).flatMap((host) => hostDeadlines(host, snapshot, settings)),
  ];
}

/** The earliest deadline after `now`; what is due already was turned into a change or a duty by the evaluation. */
export function nextDeadline(snapshot: ClusterSnapshot, now: Date, settings: DomainSettings): Deadline | null {
  const ahead = listDeadlines(snapshot, settings).filter((deadline) => deadline.at > now);
  return ahead.reduce<Deadline | null>((first, deadline) => (first === null || deadline.at < first.at ? deadline : first), null);
}
