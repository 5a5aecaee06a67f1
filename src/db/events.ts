import { sql } from 'drizzle-orm';
import type { EventDraft } from '../domain/events/draft';
import type { Executor } from './client';
import { events } from './schema/events';

/**
 * Stores events; one with a known key of its cluster only raises the counter of the stored one.
 * @returns the occurrences that were not stored before, for whoever counts them
 */
export async function appendEvents(db: Executor, drafts: EventDraft[], requestId?: string): Promise<EventDraft[]> {
  const unique = [...new Map(drafts.map((draft) => [`${draft.clusterId}/${draft.key}`, draft])).values()];
  if (unique.length === 0) return [];
  const stored = await db
    .insert(events)
    .values(
      unique.map((draft) => ({
        clusterId: draft.clusterId,
        infraEnvId: draft.clusterId,
        hostId: draft.hostId ?? null,
        name: draft.name,
        key: draft.key,
        severity: draft.severity,
        category: draft.category,
        message: draft.message,
        props: Object.keys(draft.props).length === 0 ? null : draft.props,
        requestId: requestId ?? null,
        at: draft.at,
        lastAt: draft.at,
      })),
    )
    .onConflictDoUpdate({
      target: [events.clusterId, events.key],
      // The same occurrence stored twice (a retried transaction) is told from a new one by its time.
      set: { count: sql`${events.count} + 1`, lastAt: sql`excluded.last_at` },
      setWhere: sql`excluded.last_at > ${events.lastAt}`,
    })
    .returning({ clusterId: events.clusterId, key: events.key });
  const known = new Set(stored.map(({ clusterId, key }) => `${clusterId}/${key}`));
  return unique.filter((draft) => known.has(`${draft.clusterId}/${draft.key}`));
}
