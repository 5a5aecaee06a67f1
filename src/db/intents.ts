import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import type { ClusterIntent } from '../domain/cluster/intents';
import type { Executor } from './client';
import { intents } from './schema/intents';

const { secret: _secret, ...columns } = getTableColumns(intents);
export type IntentRow = Omit<typeof intents.$inferSelect, 'secret'>;

export interface NewIntent {
  id: string;
  clusterId: string;
  /** Idempotency-Key of the user, else the intent's own id. */
  requestId: string;
  userName: string;
  body: ClusterIntent;
  /** Sealed pull secret, where the operation carries one. */
  secret?: Buffer;
  /** Default: now, by the database's clock. */
  at?: Date;
}

/**
 * Stores what a user wants. With a request id the user has used before nothing is stored: the first intent comes back
 * with `replay: true`, whatever became of it.
 */
export async function insertIntent(db: Executor, intent: NewIntent): Promise<{ intent: IntentRow; replay: boolean }> {
  const [inserted] = await db
    .insert(intents)
    .values({
      id: intent.id,
      clusterId: intent.clusterId,
      requestId: intent.requestId,
      userName: intent.userName,
      operation: intent.body.operation,
      body: intent.body,
      secret: intent.secret ?? null,
      createdAt: intent.at ?? sql`now()`,
    })
    .onConflictDoNothing({ target: [intents.userName, intents.requestId] })
    .returning(columns);
  if (inserted) return { intent: inserted, replay: false };
  const [first] = await db.select(columns).from(intents).where(and(eq(intents.userName, intent.userName), eq(intents.requestId, intent.requestId)));
  if (!first) throw new Error('An intent vanished between two statements.');
  return { intent: first, replay: true };
}

export async function findIntent(db: Executor, id: string): Promise<IntentRow | undefined> {
  const [row] = await db.select(columns).from(intents).where(eq(intents.id, id));
  return row;
}
