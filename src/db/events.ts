import { sql } from 'drizzle-orm';
import type { EventDraft } from '../domain/events/draft';
import type { Executor } from './client';
import { events } from './schema/events';

/** Stores events; one with a known key of its cluster only raises the counter of the stored one. */
export async function appendEvents(db: Executor, drafts: EventDraft[], requestId?: string): Promise<void> {
  const unique = [...new Map(drafts.map((draft) => [`${draft.clusterId}/${draft.key}`, draft])).values()];
  if (unique.length === 0) return;
  await db
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
        props: draft.props ?? null,
        requestId: requestId ?? null,
        at: draft.at,
        lastAt: draft.at,
      })),
    )
    .onConflictDoUpdate({
      target: [events.clusterId, events.key],
      // The same occurrence stored twice (a retried transaction) is told from a new one by its time.
      set: {
        count: sql`${events.count} + CASE WHEN excluded.last_at > ${events.lastAt} THEN 1 ELSE 0 END`,
        lastAt: sql`greatest(${events.lastAt}, excluded.last_at)`,
      },
    });
}
