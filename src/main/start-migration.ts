import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { migrateDatabase } from '../db/migrate';
import { findShipped } from './find-shipped';
import type { World } from './world';

/** Brings the database up to date as soon as it answers; until then `reasons` tells why the service is not ready. */
export function startMigration({ settings, log }: World): { done: Promise<void>; reasons: () => string[]; again: () => Promise<void> } {
  let reasons = ['The database is not migrated yet.'];
  async function migrate(): Promise<void> {
    const folder = findMigrations();
    for (let pause = 250; ; pause = Math.min(5_000, pause * 2)) {
      try {
        await migrateDatabase(settings.DATABASE_URL, folder);
        reasons = [];
        return;
      } catch (error) {
        const reason = error instanceof Error ? error.message : 'unknown';
        reasons = [`The database is not migrated yet: ${reason}`];
        log.warn({ reason }, 'The database could not be migrated and is tried again.');
      }
      await delay(pause);
    }
  }
  return { done: migrate(), reasons: () => reasons, again: () => migrateDatabase(settings.DATABASE_URL, findMigrations()) };
}

const findMigrations = (): string => dirname(dirname(findShipped('drizzle/meta/_journal.json')));
