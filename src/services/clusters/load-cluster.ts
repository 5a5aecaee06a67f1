import { readSnapshot } from '../../db/read-snapshot';
import { noSuchCluster } from '../guard';
import type { ServiceDeps } from '../deps';
import { toClusterView, type ClusterView } from './cluster-view';

/** A cluster with its hosts. Throws NotFound; a deregistered one counts only when asked for. */
export async function loadCluster(deps: Pick<ServiceDeps, 'db' | 'imageLinks'>, clusterId: string, options: { deregisteredToo?: boolean } = {}): Promise<ClusterView> {
  const loaded = await readSnapshot(deps.db, clusterId);
  if (!loaded || (loaded.row.deletedAt !== null && !options.deregisteredToo)) throw noSuchCluster(clusterId);
  return toClusterView(loaded, await deps.imageLinks.linkTo(clusterId, loaded.snapshot.infraEnv));
}
