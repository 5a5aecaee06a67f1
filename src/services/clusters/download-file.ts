import type { Actor } from '../../auth/actor';
import type { ServiceDeps } from '../deps';
import { Conflict, NotFound } from '../errors';
import { recordDownload } from '../events/record-download';
import { statusesFor, type ClusterFile } from './download-rules';
import { loadCluster } from './load-cluster';
import { openObject, type Download, type DownloadRequest } from './open-object';
import { tellOfDownload } from './tell-of-download';

export interface FileDownload extends DownloadRequest {
  actor: Actor;
  clusterId: string;
  requestId: string;
}

/** Files that open nothing: whoever has them can do no more than before. */
const harmless: readonly ClusterFile[] = ['metadata.json', 'custom_manifests.yaml'];

/** Opens a file of an installation. Throws Conflict while the cluster's status says that it is not there yet. */
export async function downloadFile(deps: ServiceDeps, request: FileDownload, file: ClusterFile): Promise<Download> {
  const { clusterId, actor, requestId } = request;
  const { cluster } = await loadCluster(deps, clusterId);
  const statuses = statusesFor(file);
  if (statuses && !statuses.includes(cluster.status)) {
    throw new Conflict(`${file} can be downloaded in status ${statuses.join(', ')}; the cluster is ${cluster.status}.`);
  }
  const missing = () =>
    file === 'kubeconfig' ? new Conflict('The kubeconfig is not complete yet.') : new NotFound(`Cluster ${clusterId} has no file ${file}.`);
  const download = await openObject(deps, `${clusterId}/${file}`, file, request, missing);
  if (request.headOnly || harmless.includes(file)) return download;
  return tellOfDownload(download, () => recordDownload(deps, actor, clusterId, file, requestId));
}
