import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrateDatabase } from '../../src/db/migrate';
import { createDatabase } from '../support/create-database';

let url: string;
let sql: postgres.Sql;
beforeAll(async () => {
  url = await createDatabase();
  sql = postgres(url, { max: 1 });
});
afterAll(() => sql.end());

const applied = async (): Promise<number> => Number((await sql`SELECT count(*) AS n FROM drizzle.__drizzle_migrations`)[0]?.['n']);

describe('migrateDatabase', () => {
  it('brings an empty database up to date once, though several processes start at the same time', async () => {
    await Promise.all(Array.from({ length: 4 }, () => migrateDatabase(url, 'drizzle')));
    const count = await applied();
    expect(count).toBeGreaterThan(0);
    await migrateDatabase(url, 'drizzle');
    expect(await applied()).toBe(count);
    const tables = (await sql<{ name: string }[]>`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`).map((row) => row.name);
    expect(tables).toEqual(expect.arrayContaining(['clusters', 'infra_envs', 'hosts', 'host_facts', 'host_heartbeats', 'facts_log', 'intents', 'events', 'cluster_versions']));
  });

  it('leaves the lock free', async () => {
    const [row] = await sql<{ held: string }[]>`SELECT count(*) AS held FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    expect(Number(row?.held)).toBe(0);
  });
});
