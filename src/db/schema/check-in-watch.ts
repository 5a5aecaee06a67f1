import { integer, pgTable } from 'drizzle-orm/pg-core';
import { instant } from './columns';

/** One row: since when check-ins have been stored without a gap. Before that nobody's silence means anything. */
export const checkInWatch = pgTable('check_in_watch', {
  id: integer('id').primaryKey(),
  since: instant('since').notNull(),
  lastAt: instant('last_at').notNull(),
});
