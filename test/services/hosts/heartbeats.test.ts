import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseConnection } from '../../../src/db/client';
import { hostHeartbeats } from '../../../src/db/schema/hosts';
import { createHeartbeatRecorder } from '../../../src/services/hosts/heartbeats';
import { openTestDatabase } from '../../support/test-database';

let database: DatabaseConnection;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

async function newRow(checkedInAt: Date): Promise<{ infraEnvId: string; hostId: string; read: () => Promise<Date | undefined> }> {
  const [infraEnvId, hostId] = [randomUUID(), randomUUID()];
  await database.db.insert(hostHeartbeats).values({ infraEnvId, hostId, checkedInAt });
  return { infraEnvId, hostId, read: async () => (await database.db.select().from(hostHeartbeats).where(eq(hostHeartbeats.hostId, hostId)))[0]?.checkedInAt };
}

describe('the heartbeat recorder', () => {
  it('stores many check-ins in one flush and those left at the end', async () => {
    const flushes: { hosts: number; failed: boolean }[] = [];
    const recorder = createHeartbeatRecorder({ sql: database.sql, intervalMs: 60_000, observe: (flush) => flushes.push(flush) });
    const rows = await Promise.all(Array.from({ length: 50 }, () => newRow(new Date(0))));
    for (const row of rows) for (let n = 0; n < 3; n += 1) recorder.record(row.infraEnvId, row.hostId);
    await recorder.close();
    expect(flushes).toEqual([{ hosts: 50, failed: false }]);
    for (const row of rows) expect((await row.read())?.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  it('never puts an earlier check-in in the place of a later one', async () => {
    const later = new Date(Date.now() + 3_600_000);
    const row = await newRow(later);
    const recorder = createHeartbeatRecorder({ sql: database.sql, intervalMs: 60_000, observe: () => undefined });
    recorder.record(row.infraEnvId, row.hostId);
    await recorder.close();
    expect(await row.read()).toEqual(later);
  });

  it('keeps what could not be stored for the next flush', async () => {
    const flushes: boolean[] = [];
    let away = true;
    const sql = new Proxy(database.sql, { get: (target, name) => (name === 'begin' && away ? () => Promise.reject(new Error('away')) : (Reflect.get(target, name) as unknown)) });
    const recorder = createHeartbeatRecorder({ sql, intervalMs: 60_000, observe: ({ failed }) => flushes.push(failed) });
    const row = await newRow(new Date(0));
    recorder.record(row.infraEnvId, row.hostId);
    await recorder.flushed();
    expect(await row.read()).toEqual(new Date(0));
    away = false;
    await recorder.close();
    expect(flushes).toEqual([true, false]);
    expect((await row.read())?.getTime()).toBeGreaterThan(0);
  });
});
