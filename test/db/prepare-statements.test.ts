import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prepareStatements, type PreparationLimits } from '../../src/db/prepare-statements';
import { createDatabase } from '../support/create-database';

let url: string;
const clients: postgres.Sql[] = [];

beforeAll(async () => {
  url = await createDatabase();
});
afterAll(() => Promise.all(clients.map((client) => client.end())));

/** A database with one connection, and what Postgres has prepared for it besides the question itself. */
function open(limits?: PreparationLimits) {
  const client = prepareStatements(postgres(url, { max: 1 }), limits);
  clients.push(client);
  const db = drizzle(client);
  const listPrepared = async (): Promise<string[]> => (await db.execute<{ statement: string }>(sql`SELECT statement FROM pg_prepared_statements WHERE statement LIKE 'SELECT $1%' ORDER BY statement`)).map(({ statement }) => statement);
  return { db, listPrepared };
}

const add = (...values: number[]) => sql`SELECT ${sql.join(values.map((value) => sql`${value}::int`), sql` + `)} AS total`;

it('what drizzle asks is prepared once, within transactions and savepoints too, and answers the same', async () => {
  const { db, listPrepared } = open();
  const inSavepoint = await db.transaction((tx) => tx.transaction((inner) => inner.execute(add(1, 2))));
  const inTransaction = await db.transaction((tx) => tx.execute(add(3, 4)));
  const outside = await db.execute(add(5, 6));
  expect([inSavepoint, inTransaction, outside].map(([row]) => row)).toEqual([{ total: 3 }, { total: 7 }, { total: 11 }]);
  expect(await listPrepared()).toEqual(['SELECT $1::int + $2::int AS total']);
});

it('a savepoint that is rolled back leaves its transaction alive', async () => {
  const { db } = open();
  const total = await db.transaction(async (tx) => {
    await expect(tx.transaction((inner) => inner.execute(sql`SELECT 1 / ${0}::int`))).rejects.toThrow();
    return tx.execute(add(1, 1));
  });
  expect(total[0]).toEqual({ total: 2 });
});

it('neither very long statements nor more than so many are kept', async () => {
  const { db, listPrepared } = open({ mostTexts: 2, mostParameters: 3 });
  for (const values of [[1, 2, 3, 4], [1], [1, 2], [1, 2, 3], [2]]) expect((await db.execute(add(...values)))[0]).toEqual({ total: values.reduce((sum, value) => sum + value) });
  expect(await listPrepared()).toEqual(['SELECT $1::int + $2::int AS total', 'SELECT $1::int AS total']);
});
