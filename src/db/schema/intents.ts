import { index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ClusterIntent } from '../../domain/cluster/intents';
import type { Refusal } from '../../domain/refusal';
import { bytes, instant } from './columns';
import { sealedJson } from './sealed-columns';

/** What a user asked for; stored before the workflow hears of it, applied or refused in the workflow's transaction. */
export const intents = pgTable(
  'intents',
  {
    id: uuid('id').primaryKey(),
    clusterId: uuid('cluster_id').notNull(),
    /** Idempotency-Key of the user, else the intent's own id; unique per user. */
    requestId: text('request_id').notNull(),
    userName: text('user_name').notNull(),
    operation: text('operation').$type<ClusterIntent['operation']>().notNull(),
    body: sealedJson<ClusterIntent>('body').notNull(),
    /** Encrypted by src/db/secret-box: a new pull secret. Cleared once applied or refused. */
    secret: bytes('secret'),
    status: text('status').$type<'pending' | 'applied' | 'refused'>().notNull().default('pending'),
    refusal: jsonb('refusal').$type<Refusal>(),
    /** What the workflow needs to know of the result, e.g. whether an image is to be built. */
    result: jsonb('result').$type<Record<string, string | boolean>>(),
    createdAt: instant('created_at').notNull(),
    completedAt: instant('completed_at'),
  },
  (t) => [
    uniqueIndex('intents_request').on(t.userName, t.requestId),
    index('intents_cluster').on(t.clusterId),
    index('intents_status_created').on(t.status, t.createdAt),
  ],
);
