import type { Measure } from '../metrics/measure';
import type { EventName, EventParams } from './catalog';

export const eventSeverities = ['info', 'warning', 'error', 'critical'] as const;
export type EventSeverity = (typeof eventSeverities)[number];
export const eventCategories = ['user', 'metrics'] as const;
export type EventCategory = (typeof eventCategories)[number];

/** An event before it is stored. The same `key` in the same cluster never gives two rows: its counter rises instead. */
export interface EventDraft {
  /** Catalogue name, e.g. `cluster_status_updated`. */
  name: EventName;
  /** Unique cause within the cluster. */
  key: string;
  clusterId: string;
  hostId?: string;
  severity: EventSeverity;
  category: EventCategory;
  message: string;
  at: Date;
  /** What the message tells, by the names of the catalogue. */
  props: Record<string, unknown>;
  /** What is counted when this event is stored, and only then. */
  measures?: Measure[];
}

/** What an event of this name tells; undefined for an event of another name. */
export function paramsOf<N extends EventName>(draft: EventDraft, name: N): EventParams<N> | undefined {
  return draft.name === name ? draft.props : undefined;
}
