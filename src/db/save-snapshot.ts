import { and, eq, sql } from 'drizzle-orm';
import type { ClusterSnapshot, MonitoredOperator } from '../domain/cluster/model';
import { clusterPercentage } from '../domain/cluster/installation-percentage';
import { installationPercentage } from '../domain/host/stages';
import type { Host } from '../domain/host/model';
import type { Executor } from './client';
import { dropHostFacts } from './drop-host-facts';
import { clusters, monitoredOperators } from './schema/clusters';
import { hosts } from './schema/hosts';
import { infraEnvs } from './schema/infra-envs';

/** The entries of `after` that differ from `before`; dates compare by time. */
function changedFields<T extends object>(before: T, after: T): Partial<T> {
  const changed: Partial<T> = {};
  for (const key of Object.keys(after) as (keyof T)[]) {
    const [a, b] = [before[key], after[key]];
    const same = a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;
    if (!same) changed[key] = b;
  }
  return changed;
}

/** A host's own columns: the agent's facts and check-ins belong to the API, which the cluster can only make forget. */
function hostColumns(host: Host): Omit<Host, 'facts' | 'checkedInAt'> {
  const { facts: _facts, checkedInAt: _checkedInAt, ...columns } = host;
  return columns;
}

const sameOperator = (a: MonitoredOperator | undefined, b: MonitoredOperator): boolean =>
  a !== undefined && Object.keys(changedFields(a, b)).length === 0;

/**
 * Writes what differs between two snapshots of a cluster, and nothing else; a host that is left out is taken out of every
 * answer, its row stays until it registers again. The caller holds the cluster's lock.
 * @returns whether anything was written
 */
export async function saveSnapshot(tx: Executor, before: ClusterSnapshot, after: ClusterSnapshot, now: Date): Promise<boolean> {
  const writes: Promise<unknown>[] = [];
  const percentage = clusterPercentage(after).total;
  const cluster = { ...changedFields(before.cluster, after.cluster), ...(percentage !== clusterPercentage(before).total && { installationPercentage: percentage }) };
  if (Object.keys(cluster).length > 0) {
    const onlyActivity = Object.keys(cluster).every((key) => key === 'activeAt');
    writes.push(tx.update(clusters).set(onlyActivity ? cluster : { ...cluster, updatedAt: now }).where(eq(clusters.id, after.cluster.id)));
  }
  const infraEnv = changedFields(before.infraEnv, after.infraEnv);
  if (Object.keys(infraEnv).length > 0) {
    writes.push(tx.update(infraEnvs).set({ ...infraEnv, updatedAt: now }).where(eq(infraEnvs.id, after.infraEnv.id)));
  }
  const hostsBefore = new Map(before.hosts.map((host) => [host.id, host]));
  for (const host of after.hosts) {
    const old = hostsBefore.get(host.id);
    hostsBefore.delete(host.id);
    if (old && old.facts !== host.facts) writes.push(dropHostFacts(tx, old, host.facts, now));
    const changed = old ? changedFields(hostColumns(old), hostColumns(host)) : {};
    if (Object.keys(changed).length === 0) continue;
    const percentage = 'stage' in changed || 'role' in changed || 'bootstrap' in changed ? { installationPercentage: installationPercentage(host, after.cluster.highAvailabilityMode === 'None') } : {};
    writes.push(
      tx.update(hosts).set({ ...changed, ...percentage, updatedAt: now }).where(and(eq(hosts.infraEnvId, host.infraEnvId), eq(hosts.id, host.id))),
    );
  }
  for (const { infraEnvId, id } of hostsBefore.values()) {
    writes.push(tx.update(hosts).set({ deletedAt: now, updatedAt: now }).where(and(eq(hosts.infraEnvId, infraEnvId), eq(hosts.id, id))));
  }
  const operatorsBefore = new Map(before.operators.map((operator) => [operator.name, operator]));
  for (const operator of after.operators) {
    if (!sameOperator(operatorsBefore.get(operator.name), operator)) writes.push(upsertOperator(tx, after.cluster.id, operator));
    operatorsBefore.delete(operator.name);
  }
  for (const name of operatorsBefore.keys()) {
    writes.push(tx.delete(monitoredOperators).where(and(eq(monitoredOperators.clusterId, after.cluster.id), eq(monitoredOperators.name, name))));
  }
  await Promise.all(writes);
  return writes.length > 0;
}

async function upsertOperator(tx: Executor, clusterId: string, operator: MonitoredOperator): Promise<void> {
  await tx
    .insert(monitoredOperators)
    .values({ clusterId, ...operator })
    .onConflictDoUpdate({ target: [monitoredOperators.clusterId, monitoredOperators.name], set: { ...operator, name: sql`excluded.name` } });
}
