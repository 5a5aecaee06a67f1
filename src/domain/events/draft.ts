export const eventSeverities = ['info', 'warning', 'error', 'critical'] as const;
export type EventSeverity = (typeof eventSeverities)[number];
export const eventCategories = ['user', 'metrics'] as const;
export type EventCategory = (typeof eventCategories)[number];

/** An event before it is stored. The same `key` in the same cluster never gives two rows: its counter rises instead. */
export interface EventDraft {
  /** Catalogue name, e.g. `cluster_status_updated`. */
  name: string;
  /** Unique cause within the cluster. */
  key: string;
  clusterId: string;
  hostId?: string;
  severity: EventSeverity;
  category: EventCategory;
  message: string;
  at: Date;
  props?: Record<string, unknown>;
}
