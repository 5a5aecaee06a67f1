import { integer, pgTable } from 'drizzle-orm/pg-core';
import { instant } from './columns';

/** One row, once it is certain that no live cluster lacks its rows. A database without it is new or lost: nobody knows before the workflows were asked. */
export const recovery = pgTable('recovery', {
  id: integer('id').primaryKey(),
  doneAt: instant('done_at').notNull(),
});
