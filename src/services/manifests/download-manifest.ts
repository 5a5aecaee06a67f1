import { loadCluster } from '../clusters/load-cluster';
import { openObject, type Download, type DownloadRequest } from '../clusters/open-object';
import type { ServiceDeps } from '../deps';
import { NotFound } from '../errors';
import { findNameProblem } from './check-manifest';
import { manifestKey, type ManifestName } from './manifest-address';

/** Opens a manifest, in any status of the cluster. Throws NotFound. */
export async function downloadManifest(deps: ServiceDeps, clusterId: string, name: ManifestName, request: DownloadRequest): Promise<Download> {
  await loadCluster(deps, clusterId);
  const missing = () => new NotFound(`Cluster ${clusterId} has no manifest of this name in folder ${name.folder}.`);
  if (findNameProblem(name.fileName) !== undefined) throw missing();
  return openObject(deps, manifestKey(clusterId, name), name.fileName, request, missing);
}
