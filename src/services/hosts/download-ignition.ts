import type { FileDownload } from '../clusters/download-file';
import { statusesFor } from '../clusters/download-rules';
import { loadCluster } from '../clusters/load-cluster';
import { openObject, type Download } from '../clusters/open-object';
import type { ServiceDeps } from '../deps';
import { Conflict, NotFound } from '../errors';
import { recordDownload } from '../events/record-download';
import { tellOfDownload } from '../clusters/tell-of-download';

/** Opens the ignition a host is installed with. Throws NotFound, or Conflict while there cannot be one. */
export async function downloadHostIgnition(deps: ServiceDeps, request: FileDownload, hostId: string): Promise<Download> {
  const { clusterId, actor, requestId } = request;
  const { cluster, hosts } = await loadCluster(deps, clusterId);
  const found = hosts.find(({ host }) => host.id === hostId);
  if (!found) throw new NotFound(`Host ${hostId} of cluster ${clusterId} was not found.`);
  const statuses = statusesFor('host-ignition');
  if (statuses && !statuses.includes(cluster.status)) {
    throw new Conflict(`The ignition of a host can be downloaded in status ${statuses.join(', ')}; the cluster is ${cluster.status}.`);
  }
  const fileName = `${found.host.role}-${hostId}.ign`;
  const download = await openObject(deps, `${clusterId}/${fileName}`, fileName, request, () => new NotFound(`Host ${hostId} has no ignition.`));
  if (request.headOnly) return download;
  return tellOfDownload(download, () => recordDownload(deps, actor, clusterId, fileName, requestId));
}
