import { readSnapshot } from '../../db/read-snapshot';
import type { ClusterSnapshot } from '../../domain/cluster/model';
import type { ServiceDeps } from '../deps';
import { noSuchCluster } from '../guard';

/** A cluster as decisions see it. Throws NotFound, for a deregistered one too. */
export async function loadLiveSnapshot(deps: Pick<ServiceDeps, 'db'>, clusterId: string): Promise<ClusterSnapshot> {
  const loaded = await readSnapshot(deps.db, clusterId);
  if (!loaded || loaded.row.deletedAt !== null) throw noSuchCluster(clusterId);
  return loaded.snapshot;
}
