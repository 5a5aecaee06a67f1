import { inArray } from 'drizzle-orm';
import type { Executor } from '../client';
import { clusters } from '../schema/clusters';

/** Most ids in one statement. */
const atOnce = 1_000;

/** Those of the ids that have a row still, deregistered or not. */
export async function findExistingClusters(db: Executor, ids: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (let start = 0; start < ids.length; start += atOnce) {
    const rows = await db.select({ id: clusters.id }).from(clusters).where(inArray(clusters.id, ids.slice(start, start + atOnce)));
    for (const { id } of rows) found.add(id);
  }
  return found;
}
