import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase } from '../support/create-database';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy';

/** The driver as patches/ mends it: an uncaught exception of it, which ended whole processes, would fail this file as well. */
let proxy: TcpProxy;
let sql: postgres.Sql;
let direct: postgres.Sql;
const proxied = { href: '' };

beforeAll(async () => {
  const url = await createDatabase();
  direct = postgres(url, { max: 1 });
  await direct`CREATE TABLE written (what text NOT NULL)`;
  const address = new URL(url);
  proxy = await startTcpProxy({ host: address.hostname, port: Number(address.port) });
  address.hostname = '127.0.0.1';
  address.port = String(proxy.port);
  proxied.href = address.href;
});
beforeEach(async () => {
  // A backend whose client is gone goes on with its statement, and keeps its locks.
  await direct`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;
  await direct`TRUNCATE written`;
  sql = postgres(proxied.href, { max: 1, backoff: () => 0.05 });
});
afterEach(() => sql.end({ timeout: 1 }));
afterAll(async () => {
  await direct.end();
  await proxy.close();
});

const written = async (): Promise<string[]> => (await direct<{ what: string }[]>`SELECT what FROM written ORDER BY what`).map(({ what }) => what);
const cut = (): void => {
  proxy.cut();
  proxy.restore();
};
const end = async (pid: number): Promise<void> => void (await direct`SELECT pg_terminate_backend(${pid}::int)`);
const pidOf = async (tx: postgres.TransactionSql): Promise<number> => Number((await tx`SELECT pg_backend_pid() AS pid`)[0]?.['pid']);

describe('a connection that is lost', () => {
  it.each([
    ['is cut', () => Promise.resolve(cut())],
    ['is ended by the server', end],
  ])('while a statement runs and %s fails its transaction, and what comes after does not run outside of it', async (_how, lose) => {
    const statements: unknown[] = [];
    const transaction = sql.begin(async (tx) => {
      const pid = await pidOf(tx);
      await tx`INSERT INTO written VALUES ('before')`;
      const waiting = tx`SELECT pg_sleep(60)`.catch((error: unknown) => error);
      setTimeout(() => void lose(pid), 50);
      statements.push(await waiting);
      // Others take the connection over, as soon as there is one again.
      const others = sql`INSERT INTO written VALUES ('other')`.execute();
      for (let n = 0; n < 3; n++) statements.push(await tx`INSERT INTO written VALUES ('after')`.catch((error: unknown) => error));
      await others;
      statements.push(await tx`INSERT INTO written VALUES ('long after')`.catch((error: unknown) => error));
    });
    await expect(transaction).rejects.toThrow();
    await expect.poll(() => statements.length).toBe(5);
    for (const statement of statements) expect(statement).toBeInstanceOf(Error);
    expect(await written()).toEqual(['other']);
  });

  it('between two statements of a transaction fails it', async () => {
    const transaction = sql.begin(async (tx) => {
      await end(await pidOf(tx));
      await expect.poll(() => proxy.connections()).toBe(0);
      await tx`INSERT INTO written VALUES ('after')`;
    });
    await expect(transaction).rejects.toThrow();
    expect(await written()).toEqual([]);
  });

  it('is made anew, however often it is lost with something just written', async () => {
    for (let n = 0; n < 30; n++) {
      const lost = Array.from({ length: 4 }, (_, m) => sql`INSERT INTO written VALUES (${`${n}-${m}`})`.catch((error: unknown) => error));
      if (n % 3 === 0) cut();
      else setImmediate(cut);
      await Promise.all(lost);
      expect(await sql`SELECT 1 AS one`.catch(() => sql`SELECT 1 AS one`)).toEqual([{ one: 1 }]);
    }
  });
});
