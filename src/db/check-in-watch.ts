import { sql } from 'drizzle-orm';
import type { Executor } from './client';
import { checkInWatch } from './schema/check-in-watch';

/** Longest time between two marks; after a longer one check-ins may have been lost. */
const longestGapMs = 30_000;
const onlyRow = 1;

/** Says that check-ins are being stored now; every API process says so every few seconds. */
export async function markCheckInsStored(db: Executor): Promise<void> {
  const now = sql`now()`;
  await db
    .insert(checkInWatch)
    .values({ id: onlyRow, since: now, lastAt: now })
    .onConflictDoUpdate({
      target: checkInWatch.id,
      set: { since: sql`CASE WHEN ${checkInWatch.lastAt} < now() - ${longestGapMs} * interval '1 millisecond' THEN now() ELSE ${checkInWatch.since} END`, lastAt: now },
    });
}

/**
 * Since when an agent's silence counts: check-ins have been stored from then on. `now` while nobody stores any; null when
 * nobody ever did.
 */
export async function findCheckInsSince(db: Executor, now: Date): Promise<Date | null> {
  const [watch] = await db.select().from(checkInWatch);
  if (!watch) return null;
  return watch.lastAt.getTime() < now.getTime() - longestGapMs ? now : watch.since;
}
