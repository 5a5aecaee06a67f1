import { latest } from '../deadlines/latest';
import type { DomainSettings } from '../settings';
import type { Cluster } from './model';

const after = (date: Date, milliseconds: number): Date => new Date(date.getTime() + milliseconds);

/** When a preparation that did not end counts as failed. */
export function preparationDeadline(cluster: Cluster, { deadlines }: DomainSettings): Date {
  return after(cluster.statusUpdatedAt, deadlines.prepareForInstallation);
}

/** When the collection of the controller's logs counts as failed; undefined where none is expected. */
export function findClusterLogDeadline(cluster: Cluster, { deadlines }: DomainSettings): Date | undefined {
  if (cluster.status !== 'error' && cluster.status !== 'cancelled') return undefined;
  if (cluster.logsInfo === '') return after(cluster.statusUpdatedAt, deadlines.logPending);
  if (cluster.logsInfo !== 'requested' && cluster.logsInfo !== 'collecting') return undefined;
  return after(latest(cluster.controllerLogsCollectedAt, cluster.controllerLogsStartedAt) ?? cluster.statusUpdatedAt, deadlines.logCollection);
}

/** When missing DHCP leases are worth a warning; undefined where none is expected. */
export function findLeaseDeadline(cluster: Cluster, { deadlines }: DomainSettings): Date | undefined {
  const waiting = cluster.status === 'pending-for-input' || cluster.status === 'insufficient' || cluster.status === 'ready';
  const missing = cluster.apiVip === '' || cluster.ingressVip === '';
  if (!waiting || !missing || !cluster.vipDhcpAllocation || cluster.machineNetworkCidr === '' || cluster.machineNetworkCidrUpdatedAt === null) return undefined;
  return after(cluster.machineNetworkCidrUpdatedAt, deadlines.dhcpLease);
}

/** When a cluster that nothing happens to is deregistered. */
export function inactivityDeadline(cluster: Cluster, { deadlines }: DomainSettings): Date {
  return after(cluster.activeAt, deadlines.inactivity);
}

/** The times at which the end is announced, earliest first. */
export function inactivityWarnings(cluster: Cluster, settings: DomainSettings): Date[] {
  const end = inactivityDeadline(cluster, settings);
  return settings.deadlines.inactivityWarnings.map((before) => after(end, -before)).sort((a, b) => a.getTime() - b.getTime());
}

/** True when a warning that is due at this time was not given before. */
export function isUnwarned(cluster: Cluster, at: Date): boolean {
  return cluster.warnedAt === null || cluster.warnedAt.getTime() < at.getTime();
}
