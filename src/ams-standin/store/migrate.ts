import type { Database } from './database';
import { migrations } from './migrations';

const lockKey = 4_815_162_342;

/**
 * Brings the schema `ams` up to date in one transaction under an advisory lock, so that several processes may start
 * on the same database at once. Running it again changes nothing.
 */
export async function migrate(database: Database): Promise<void> {
  await database.begin(async (sql) => {
    await sql`SELECT pg_advisory_xact_lock(${lockKey})`;
    await sql`CREATE SCHEMA IF NOT EXISTS ams`;
    await sql`CREATE TABLE IF NOT EXISTS ams.migrations (id integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`;
    const rows = await sql<{ id: number }[]>`SELECT id FROM ams.migrations`;
    const applied = new Set(rows.map((row) => row.id));
    for (const migration of migrations) {
      if (applied.has(migration.id)) continue;
      await sql.unsafe(migration.statements);
      await sql`INSERT INTO ams.migrations (id) VALUES (${migration.id})`;
    }
  });
}
