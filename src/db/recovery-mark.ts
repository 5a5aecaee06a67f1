import { sql } from 'drizzle-orm';
import type { Executor } from './client';
import { recovery } from './schema/recovery';

const onlyRow = 1;

/** Whether the database is known to hold every live cluster. */
export async function isRecovered(db: Executor): Promise<boolean> {
  return (await db.select({ id: recovery.id }).from(recovery)).length > 0;
}

/** Says so. Several processes may. */
export async function markRecovered(db: Executor): Promise<void> {
  await db.insert(recovery).values({ id: onlyRow, doneAt: sql`now()` }).onConflictDoUpdate({ target: recovery.id, set: { doneAt: sql`now()` } });
}
