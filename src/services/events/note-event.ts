import { appendEvents } from '../../db/events';
import type { EventDraft } from '../../domain/events/draft';
import type { ServiceDeps } from '../deps';
import { describeFault } from '../describe-fault';

/** Stores an event that stands for itself, in a transaction of its own. A failure is logged and never fails who causes the event. */
export async function noteEvent(deps: Pick<ServiceDeps, 'db' | 'log'>, event: EventDraft, requestId?: string): Promise<void> {
  try {
    await appendEvents(deps.db, [event], requestId);
  } catch (error) {
    deps.log.warn({ fault: describeFault(error), clusterId: event.clusterId, requestId, event: event.name }, 'an event could not be stored');
  }
}
