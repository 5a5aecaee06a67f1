import { findExistingClusters } from '../db/queries/find-existing-clusters';
import type { World } from './world';

/** How often a process looks which of the clusters that it counts are gone for good. */
const lookMs = 10 * 60_000;

/** Drops what was counted of clusters that another process has deleted permanently, so that no process grows with every cluster there ever was. */
export async function forgetDeletedClusters({ metrics, database }: Pick<World, 'metrics' | 'database'>): Promise<void> {
  const counted = metrics.clusters();
  const existing = await findExistingClusters(database.db, counted);
  for (const clusterId of counted) if (!existing.has(clusterId)) metrics.forgetCluster(clusterId);
}

/** Goes on doing so until the process ends. */
export function keepForgetting(world: World): void {
  setInterval(() => {
    forgetDeletedClusters(world).catch((error: unknown) => world.log.debug({ reason: error instanceof Error ? error.message : 'unknown' }, 'The deleted clusters could not be looked up.'));
  }, lookMs).unref();
}
