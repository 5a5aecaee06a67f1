import { listEventRows, type EventRow } from '../../db/queries/list-events';
import { eventCategories, type EventCategory } from '../../domain/events/draft';
import type { ServiceDeps } from '../deps';

export type StoredEvent = EventRow;

const isCategory = (text: string): text is EventCategory => eventCategories.some((category) => category === text);

/**
 * Events of a cluster, oldest first; none for a cluster that never was.
 * @param categories unknown ones are ignored; absent means the user's
 */
export async function listEvents(deps: Pick<ServiceDeps, 'db'>, clusterId: string, hostId: string | undefined, categories: string[] | undefined): Promise<StoredEvent[]> {
  return listEventRows(deps.db, { clusterId, ...(hostId !== undefined && { hostId }), categories: categories?.filter(isCategory) ?? ['user'] });
}
