import { randomBytes } from 'node:crypto';
import { ensureDatabase } from '../../src/dev/parts/ensure-database';
import { getPart } from './parts';

/** A fresh, empty database of its own for a suite; returns its connection string. Gone with the test run. */
export async function createDatabase(): Promise<string> {
  const { url } = await getPart('postgres');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await ensureDatabase(url, name);
  const database = new URL(url);
  database.pathname = name;
  return database.href;
}
