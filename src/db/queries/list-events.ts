import { and, asc, eq, getTableColumns, inArray } from 'drizzle-orm';
import type { EventCategory } from '../../domain/events/draft';
import type { Executor } from '../client';
import { events } from '../schema/events';

export interface EventFilter {
  clusterId: string;
  hostId?: string;
  categories: EventCategory[];
}

export type EventRow = typeof events.$inferSelect;

/** Events of a cluster in the order they happened. */
export async function listEventRows(db: Executor, { clusterId, hostId, categories }: EventFilter): Promise<EventRow[]> {
  return db
    .select(getTableColumns(events))
    .from(events)
    .where(and(eq(events.clusterId, clusterId), inArray(events.category, categories), hostId === undefined ? undefined : eq(events.hostId, hostId)))
    .orderBy(asc(events.at), asc(events.id));
}
