import { and, eq } from 'drizzle-orm';
import type { Refusal } from '../domain/refusal';
import type { Executor } from './client';
import { intents } from './schema/intents';

/** The stored intent with its sealed secret, locked until the transaction ends. */
export async function lockIntent(tx: Executor, id: string): Promise<typeof intents.$inferSelect | undefined> {
  const [row] = await tx.select().from(intents).where(eq(intents.id, id)).for('update');
  return row;
}

/** Records what became of an intent and forgets its secret; an intent that is settled already stays as it is. */
export async function settleIntent(
  tx: Executor,
  id: string,
  now: Date,
  outcome: { refusal: Refusal } | { result: Record<string, string | boolean> },
): Promise<void> {
  const settled = 'refusal' in outcome ? { status: 'refused' as const, refusal: outcome.refusal } : { status: 'applied' as const, result: outcome.result };
  await tx
    .update(intents)
    .set({ ...settled, secret: null, completedAt: now })
    .where(and(eq(intents.id, id), eq(intents.status, 'pending')));
}
