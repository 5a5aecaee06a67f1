import type { ClusterStatus } from '../../domain/cluster/status';
import { loadCluster } from '../clusters/load-cluster';
import type { ServiceDeps } from '../deps';
import { Conflict } from '../errors';
import { manifestKey, type ManifestName } from './manifest-address';
import { withStore } from './manifest-store';

const deletable: readonly ClusterStatus[] = ['pending-for-input', 'insufficient', 'ready'];

/** Forgets a manifest; one that is not there is no error. Throws NotFound, and Conflict once an installation began. */
export async function deleteManifest(deps: ServiceDeps, clusterId: string, name: ManifestName): Promise<void> {
  const { cluster } = await loadCluster(deps, clusterId);
  if (!deletable.includes(cluster.status)) {
    throw new Conflict(`Manifests can be deleted in status ${deletable.join(', ')}; the cluster is ${cluster.status}. Reset the installation first.`);
  }
  await withStore(() => deps.store.deleteObject({ bucket: 'private', key: manifestKey(clusterId, name) }));
}
