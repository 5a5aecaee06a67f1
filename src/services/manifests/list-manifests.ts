import { loadCluster } from '../clusters/load-cluster';
import type { ServiceDeps } from '../deps';
import { findManifest, manifestsPrefix, type ManifestName } from './manifest-address';
import { withStore } from './manifest-store';

/** The manifests of a cluster, by folder and name. Throws NotFound. */
export async function listManifests(deps: ServiceDeps, clusterId: string): Promise<ManifestName[]> {
  await loadCluster(deps, clusterId);
  return withStore(async () => {
    const found: ManifestName[] = [];
    for await (const key of deps.store.listKeys('private', manifestsPrefix(clusterId))) {
      const manifest = findManifest(clusterId, key);
      if (manifest) found.push(manifest);
    }
    return found;
  });
}
