import { sql, type SQL, type SQLWrapper } from 'drizzle-orm';

/** Ids as Postgres reads an array of them from one text: a statement is the same for any number of them, and quickly built for thousands. */
export const idArray = (ids: readonly (string | null)[]): SQL => sql`${`{${ids.map((id) => id ?? 'NULL').join(',')}}`}::uuid[]`;

/** True for a row whose id is one of these. */
export const isAnyOf = (column: SQLWrapper, ids: readonly string[]): SQL => sql`${column} = ANY(${idArray(ids)})`;
