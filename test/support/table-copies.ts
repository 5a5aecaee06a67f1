import type postgres from 'postgres';

/** Every row of every table of a database, to go back to as a restored backup would. */
export type DatabaseCopy = Map<string, unknown[]>;

async function listTables(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`;
  return rows.map(({ name }) => name);
}

export async function copyDatabase(sql: postgres.Sql): Promise<DatabaseCopy> {
  const copy: DatabaseCopy = new Map();
  for (const table of await listTables(sql)) {
    const rows = await sql<{ row: unknown }[]>`SELECT to_jsonb(t) AS row FROM ${sql(table)} t`;
    copy.set(table, rows.map(({ row }) => row));
  }
  return copy;
}

/** The database is lost: its tables are there, their rows are not. With a copy it is as old as that. */
export async function loseDatabase(sql: postgres.Sql, copy: DatabaseCopy = new Map(), attempts = 10): Promise<void> {
  const tables = await listTables(sql);
  try {
    await sql.begin(async (tx) => {
      await tx`TRUNCATE ${tx(tables)}`;
      for (const [table, rows] of copy) {
        if (rows.length > 0) await tx`INSERT INTO ${tx(table)} SELECT * FROM jsonb_populate_recordset(NULL::${tx(table)}, ${JSON.stringify(rows)}::text::jsonb)`;
      }
    });
  } catch (error) {
    // The service is at work meanwhile and takes its locks in another order.
    if (!(error instanceof Error && 'code' in error && error.code === '40P01') || attempts <= 1) throw error;
    await loseDatabase(sql, copy, attempts - 1);
  }
}
