import { connectDatabase, type DatabaseConnection } from '../../src/db/client';
import { migrateDatabase } from '../../src/db/migrate';
import { createDatabase } from './create-database';
import { testColumnKey } from './column-key';

/** A migrated database of its own for a suite; the caller closes it. */
export async function openTestDatabase(): Promise<DatabaseConnection & { url: string }> {
  const url = await createDatabase();
  await migrateDatabase(url, 'drizzle');
  return { url, ...connectDatabase({ url, max: 10, applicationName: 'test', columnKey: testColumnKey }) };
}
