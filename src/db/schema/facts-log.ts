import { bigserial, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { ClusterFact } from '../../domain/cluster/facts';
import { instant } from './columns';

/** What agents and the controller were told "yes" to, in order; the cluster's workflow applies the entries after `applied_seq`. */
export const factsLog = pgTable(
  'facts_log',
  {
    seq: bigserial('seq', { mode: 'number' }).primaryKey(),
    clusterId: uuid('cluster_id').notNull(),
    hostId: uuid('host_id'),
    kind: text('kind').$type<ClusterFact['kind']>().notNull(),
    body: jsonb('body').$type<ClusterFact>().notNull(),
    at: instant('at').notNull(),
  },
  (t) => [index('facts_log_cluster_seq').on(t.clusterId, t.seq)],
);

