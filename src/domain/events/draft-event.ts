import { eventCatalog, type EventName, type EventParams } from './catalog';
import { maskText } from '../mask-text';
import type { EventCategory, EventDraft, EventSeverity } from './draft';

export interface EventCause {
  clusterId: string;
  hostId?: string;
  /** What makes the cause unique beside name and host: a sequence number or a time. */
  cause: string | number;
  at: Date;
}

/**
 * Builds an event from the catalogue; the same name, host and cause always give the same key. Reasons may repeat what a user has typed,
 * also a secret that he put into the wrong field: events never show one.
 */
export function draftEvent<N extends EventName>(name: N, params: EventParams<N>, { clusterId, hostId, cause, at }: EventCause): EventDraft {
  const entry: { severity: EventSeverity | ((params: never) => EventSeverity); category: EventCategory; message: (params: never) => string } = eventCatalog[name];
  const severity = typeof entry.severity === 'function' ? entry.severity(params as never) : entry.severity;
  return {
    name,
    key: [name, ...(hostId === undefined ? [] : [hostId]), maskText(String(cause))].join(':'),
    clusterId,
    ...(hostId === undefined ? {} : { hostId }),
    severity,
    category: entry.category,
    message: maskText(entry.message(params as never)),
    at,
    props: Object.fromEntries(Object.entries(params).map(([field, value]: [string, unknown]) => [field, typeof value === 'string' ? maskText(value) : value])),
  };
}
