import { eq, isNull } from 'drizzle-orm';
import type { Executor } from './client';
import { clusters, clusterVersions } from './schema/clusters';

/** Revision of the rows of every cluster; those of deregistered ones too, of which `live` tells. */
export async function listRevisions(db: Executor): Promise<Map<string, { revision: number; live: boolean }>> {
  const rows = await db
    .select({ id: clusters.id, revision: clusterVersions.revision, live: isNull(clusters.deletedAt) })
    .from(clusters)
    .innerJoin(clusterVersions, eq(clusterVersions.clusterId, clusters.id));
  return new Map(rows.map(({ id, revision, live }) => [id, { revision, live: live === true }]));
}
