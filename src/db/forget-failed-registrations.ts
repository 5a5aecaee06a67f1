import { and, eq, inArray, lt, notExists } from 'drizzle-orm';
import type { Executor } from './client';
import { clusters } from './schema/clusters';
import { events, failedRegistrations } from './schema/events';

/** Most events that one pass deletes; the next goes on. */
const mostAtOnce = 500;

/** Deletes what was told before `before` of registrations that never became a cluster: there is no permanent deletion that would take it. */
export async function forgetFailedRegistrations(db: Executor, before: Date): Promise<void> {
  const cluster = db.select({ id: clusters.id }).from(clusters).where(eq(clusters.id, events.clusterId));
  const old = db.select({ id: events.id }).from(events).where(and(failedRegistrations(events.name), lt(events.at, before), notExists(cluster))).limit(mostAtOnce);
  await db.delete(events).where(inArray(events.id, old));
}
