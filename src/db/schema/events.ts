import { sql, type SQL } from 'drizzle-orm';
import { bigserial, index, integer, jsonb, pgTable, text, uniqueIndex, uuid, type AnyPgColumn } from 'drizzle-orm/pg-core';
import type { EventCategory, EventSeverity } from '../../domain/events/draft';
import { instant } from './columns';

/** The events under ids of clusters that there may never have been. */
export const failedRegistrations = (name: AnyPgColumn): SQL => sql`${name} in ('cluster_register_failed', 'add_hosts_cluster_register_failed')`;

/** What happened to a cluster. The same cause (`key`) never gives a second row: `count` rises and `last_at` moves. */
export const events = pgTable(
  'events',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    clusterId: uuid('cluster_id').notNull(),
    infraEnvId: uuid('infra_env_id'),
    hostId: uuid('host_id'),
    name: text('name').notNull(),
    key: text('key').notNull(),
    severity: text('severity').$type<EventSeverity>().notNull(),
    category: text('category').$type<EventCategory>().notNull(),
    message: text('message').notNull(),
    props: jsonb('props').$type<Record<string, unknown>>(),
    requestId: text('request_id'),
    at: instant('at').notNull(),
    lastAt: instant('last_at').notNull(),
    count: integer('count').notNull().default(1),
  },
  (t) => [uniqueIndex('events_cluster_key').on(t.clusterId, t.key), index('events_cluster_at').on(t.clusterId, t.at, t.id), index('events_failed_registrations').on(t.at).where(failedRegistrations(t.name))],
);
