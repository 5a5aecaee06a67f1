import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

/** Any number that no other program uses as an advisory lock of the same database. */
const migrationLock = 4_708_001;

/**
 * Brings the database to the newest migration of `folder`. Several processes may call it at once: one works under an
 * advisory lock, the others wait and find nothing left to do.
 */
export async function migrateDatabase(url: string, folder: string): Promise<void> {
  const client = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    await client`SELECT pg_advisory_lock(${migrationLock})`;
    await migrate(drizzle(client), { migrationsFolder: folder });
  } finally {
    await client.end({ timeout: 5 });
  }
}
