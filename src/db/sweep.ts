import { and, eq, inArray, isNull, lt, notInArray, or, sql } from 'drizzle-orm';
import type { HostStatus } from '../domain/host/status';
import type { Executor } from './client';
import { clusterVersions } from './schema/clusters';
import { hostHeartbeats, hosts } from './schema/hosts';
import { intents } from './schema/intents';

/** Host statuses in which silence of the agent means something; while installing only in the stages below. */
const watchedStatuses: HostStatus[] = ['discovering', 'known', 'insufficient', 'pending-for-input', 'preparing-for-installation', 'preparing-successful', 'installing'];
const watchedStages = ['Installing', 'Writing image to disk'] as const;

export interface SweepFinding {
  clusterId: string;
  what: 'lagging facts' | 'silent host' | 'host is back';
}

/**
 * Finds by index the clusters whose workflow has something to see that no signal told it.
 * @param silenceMs how long an agent may be silent
 * @param lagMs how long a fact may wait for its signal
 */
export async function findSweepFindings(db: Executor, now: Date, silenceMs: number, lagMs: number): Promise<SweepFinding[]> {
  const silentSince = new Date(now.getTime() - silenceMs);
  const heartbeatOfHost = and(eq(hostHeartbeats.infraEnvId, hosts.infraEnvId), eq(hostHeartbeats.hostId, hosts.id));
  const [lagging, silent, back] = await Promise.all([
    db
      .select({ clusterId: clusterVersions.clusterId })
      .from(clusterVersions)
      .where(lt(clusterVersions.laggingSince, new Date(now.getTime() - lagMs)))
      .limit(500),
    db
      .selectDistinct({ clusterId: hosts.clusterId })
      .from(hostHeartbeats)
      .innerJoin(hosts, heartbeatOfHost)
      .where(
        and(
          lt(hostHeartbeats.checkedInAt, silentSince),
          isNull(hosts.deletedAt),
          or(inArray(hosts.status, watchedStatuses), and(eq(hosts.status, 'installing-in-progress'), inArray(hosts.stage, [...watchedStages]))),
        ),
      )
      .limit(500),
    db
      .selectDistinct({ clusterId: hosts.clusterId })
      .from(hosts)
      .innerJoin(hostHeartbeats, heartbeatOfHost)
      .where(and(eq(hosts.status, 'disconnected'), isNull(hosts.deletedAt), sql`${hostHeartbeats.checkedInAt} > ${silentSince.toISOString()}::timestamptz`))
      .limit(500),
  ]);
  return [
    ...lagging.map(({ clusterId }) => ({ clusterId, what: 'lagging facts' as const })),
    ...silent.map(({ clusterId }) => ({ clusterId, what: 'silent host' as const })),
    ...back.map(({ clusterId }) => ({ clusterId, what: 'host is back' as const })),
  ];
}

/** Refuses intents that no workflow took up within `olderThan`: their user was told that nothing was applied. */
export async function dropStaleIntents(db: Executor, now: Date, olderThan: Date): Promise<number> {
  const stale = db.select({ id: intents.id }).from(intents).where(and(eq(intents.status, 'pending'), lt(intents.createdAt, olderThan))).limit(500).for('update', { skipLocked: true });
  const dropped = await db
    .update(intents)
    .set({ status: 'refused', secret: null, completedAt: now, refusal: { type: 'Conflict', reason: 'The request was not applied in time and was dropped; send it again with a new Idempotency-Key.' } })
    .where(and(inArray(intents.id, stale), notInArray(intents.status, ['applied', 'refused'])))
    .returning({ id: intents.id });
  return dropped.length;
}
