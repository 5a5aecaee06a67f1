import { readSnapshot } from '../../db/read-snapshot';
import { findPullSecret } from '../../db/pull-secret';
import type { ClusterSnapshot } from '../../domain/cluster/model';
import type { ServiceDeps } from '../deps';
import { noSuchCluster } from '../guard';

/** A cluster with its pull secret, empty when none is set. Throws NotFound. */
export async function loadWithSecret(deps: Pick<ServiceDeps, 'db' | 'secretBox'>, clusterId: string): Promise<{ snapshot: ClusterSnapshot; pullSecret: string }> {
  const loaded = await readSnapshot(deps.db, clusterId);
  if (!loaded || loaded.row.deletedAt !== null) throw noSuchCluster(clusterId);
  const sealed = await findPullSecret(deps.db, clusterId);
  return { snapshot: loaded.snapshot, pullSecret: sealed ? deps.secretBox.open(sealed) : '' };
}
