import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { migrateDatabase } from '../db/migrate';
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

/** The migrations lie beside the sources, and beside the folder of the bundle. */
function findMigrations(): string {
  const candidates = ['../../drizzle', '../drizzle'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const found = candidates.find((path) => existsSync(`${path}/meta/_journal.json`));
  if (!found) throw new Error('The folder of migrations is missing.');
  return found;
}
