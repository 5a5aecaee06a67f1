import { and, asc, eq, inArray, isNull, lt, notInArray, or, sql } from 'drizzle-orm';
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

/** Most clusters of a kind that one pass tells; the oldest come first, the next pass goes on. */
const mostAtOnce = 500;

/**
 * Finds by index the clusters whose workflow has something to see that no signal told it.
 * @param bounds `silentSince`: agents that were not heard since then are silent, if silence counts at present; `laggingSince`: facts
 * that wait since before then
 */
export async function findSweepFindings(db: Executor, { silentSince, silenceCounts, laggingSince }: { silentSince: Date; silenceCounts: boolean; laggingSince: Date }): Promise<SweepFinding[]> {
  const heartbeatOfHost = and(eq(hostHeartbeats.infraEnvId, hosts.infraEnvId), eq(hostHeartbeats.hostId, hosts.id));
  const [lagging, silent, back] = await Promise.all([
    db
      .select({ clusterId: clusterVersions.clusterId })
      .from(clusterVersions)
      .where(lt(clusterVersions.laggingSince, laggingSince))
      .orderBy(asc(clusterVersions.laggingSince))
      .limit(mostAtOnce),
    db
      .selectDistinct({ clusterId: hosts.clusterId })
      .from(hostHeartbeats)
      .innerJoin(hosts, heartbeatOfHost)
      .where(
        and(
          silenceCounts ? lt(hostHeartbeats.checkedInAt, silentSince) : sql`false`,
          isNull(hosts.deletedAt),
          or(inArray(hosts.status, watchedStatuses), and(eq(hosts.status, 'installing-in-progress'), inArray(hosts.stage, [...watchedStages]))),
        ),
      )
      .limit(mostAtOnce),
    db
      .selectDistinct({ clusterId: hosts.clusterId })
      .from(hosts)
      .innerJoin(hostHeartbeats, heartbeatOfHost)
      .where(and(eq(hosts.status, 'disconnected'), isNull(hosts.deletedAt), sql`${hostHeartbeats.checkedInAt} > ${silentSince.toISOString()}::timestamptz`))
      .limit(mostAtOnce),
  ]);
  return [
    ...lagging.map(({ clusterId }) => ({ clusterId, what: 'lagging facts' as const })),
    ...silent.map(({ clusterId }) => ({ clusterId, what: 'silent host' as const })),
    ...back.map(({ clusterId }) => ({ clusterId, what: 'host is back' as const })),
  ];
}

/** Refuses intents that no workflow took up within `olderThan`: their user was told that nothing was applied. */
export async function dropStaleIntents(db: Executor, now: Date, olderThan: Date): Promise<number> {
  const stale = db.select({ id: intents.id }).from(intents).where(and(eq(intents.status, 'pending'), lt(intents.createdAt, olderThan))).limit(mostAtOnce).for('update', { skipLocked: true });
  const dropped = await db
    .update(intents)
    .set({ status: 'refused', secret: null, completedAt: now, refusal: { type: 'Conflict', reason: 'The request was not applied in time and was dropped; send it again with a new Idempotency-Key.' } })
    .where(and(inArray(intents.id, stale), notInArray(intents.status, ['applied', 'refused'])))
    .returning({ id: intents.id });
  return dropped.length;
}

/** Deletes intents that were applied or refused before `before`: by then nobody asks for their result any more. */
export async function forgetSettledIntents(db: Executor, before: Date): Promise<void> {
  const old = db.select({ id: intents.id }).from(intents).where(and(inArray(intents.status, ['applied', 'refused']), lt(intents.createdAt, before))).limit(mostAtOnce);
  await db.delete(intents).where(inArray(intents.id, old));
}
