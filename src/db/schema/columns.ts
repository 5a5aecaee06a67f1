import { sql } from 'drizzle-orm';
import { customType, text, timestamp } from 'drizzle-orm/pg-core';

/** Millisecond time stamp with time zone, as a Date. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** Text that is never null; the empty string means "not set". */
export const plainText = (name: string) => text(name).notNull().default('');

/** Raw bytes, used for encrypted values. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

export const now = sql`now()`;
