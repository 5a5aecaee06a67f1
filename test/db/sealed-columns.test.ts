import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openColumn, sealColumn } from '../../src/db/column-key';
import type { DatabaseConnection } from '../../src/db/client';
import { findIntent, insertIntent } from '../../src/db/intents';
import { intents } from '../../src/db/schema/intents';
import { openTestDatabase } from '../support/test-database';

const proxy = 'http://user:planted-password@proxy.example.com:3128';
let database: DatabaseConnection;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function store(): Promise<{ id: string; raw: () => Promise<string> }> {
  const id = randomUUID();
  await insertIntent(database.db, { id, clusterId: randomUUID(), requestId: id, userName: 'ann', body: { operation: 'updateCluster', httpProxy: proxy } });
  const raw = async () => JSON.stringify(await database.db.execute(sql`SELECT body FROM intents WHERE id = ${id}`));
  return { id, raw };
}

describe('sealed columns', () => {
  it('hold what only the key opens, other bytes each time', () => {
    expect(sealColumn(proxy)).not.toContain('planted');
    expect(sealColumn(proxy)).not.toBe(sealColumn(proxy));
    expect(openColumn(sealColumn(proxy))).toBe(proxy);
    expect(() => openColumn(`${sealColumn(proxy).slice(0, -8)}AAAAAAA=`)).toThrow();
    expect([sealColumn(''), openColumn('')]).toEqual(['', '']);
  });

  it('read what was written before they were sealed', () => {
    expect(openColumn(proxy)).toBe(proxy);
  });

  it('of an intent give its document back, from either time', async () => {
    const { id, raw } = await store();
    expect(await raw()).not.toContain('planted');
    expect((await findIntent(database.db, id))?.body).toEqual({ operation: 'updateCluster', httpProxy: proxy });
    const plain = JSON.stringify({ operation: 'install' });
    await database.db.update(intents).set({ body: sql`${plain}::jsonb` }).where(eq(intents.id, id));
    expect((await findIntent(database.db, id))?.body).toEqual({ operation: 'install' });
  });
});
