import { sql } from 'drizzle-orm';
import type { Executor } from './client';

/** The time by the database's clock. */
export async function readClock(db: Executor): Promise<Date> {
  const [row] = await db.execute<{ now: string }>(sql`SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS now`);
  if (!row) throw new Error('The database told no time.');
  return new Date(row.now);
}
