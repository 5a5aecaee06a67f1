import { listAllHosts } from '../../db/queries/list-all-hosts';
import type { Cluster } from '../../domain/cluster/model';
import type { Host } from '../../domain/host/model';
import { StoreError } from '../../store/store-error';
import { loadCluster } from '../clusters/load-cluster';
import { openObject, type Download, type DownloadRequest } from '../clusters/open-object';
import type { ServiceDeps } from '../deps';
import { Conflict, NotFound, Unavailable } from '../errors';
import { logFileName } from './log-file-name';
import { findLogSource, logsKey, logsPrefix } from './log-source';
import type { LogsSelection } from './logs-selection';
import { tarObjects, type ArchivedObject } from './tar-objects';

/**
 * Opens the logs of a host, of the controller, or a tar of all; those of a deregistered cluster too, until it is gone.
 * Throws NotFound for an unknown cluster or host, and Conflict while nothing was collected.
 */
export async function downloadLogs(deps: ServiceDeps, clusterId: string, selection: LogsSelection, request: DownloadRequest): Promise<Download> {
  const { cluster } = await loadCluster(deps, clusterId, { deregisteredToo: true });
  const hosts = await listAllHosts(deps.db, clusterId);
  const fileName = logFileName(cluster, selection, hosts);
  if (selection.type === 'all') return openAll(deps, cluster, hosts, fileName, request);
  if (selection.type === 'host' && !hosts.some((host) => host.id === selection.hostId)) {
    throw new NotFound(`Host ${selection.hostId} of cluster ${clusterId} was not found.`);
  }
  const whose = selection.type === 'host' ? `host ${selection.hostId}` : 'the controller';
  return openObject(deps, logsKey(clusterId, selection), fileName, request, () => new Conflict(`The logs of ${whose} were not collected yet.`));
}

async function openAll(deps: ServiceDeps, cluster: Cluster, hosts: readonly Host[], fileName: string, request: DownloadRequest): Promise<Download> {
  const objects = await listArchives(deps, cluster, hosts);
  if (objects.length === 0) throw new Conflict(`No logs of cluster ${cluster.id} were collected yet.`);
  const stream = request.headOnly ? null : tarObjects(deps.store, objects);
  return { fileName, sizeBytes: 0, etag: '', lastModified: undefined, content: { kind: 'flowing', stream } };
}

async function listArchives({ store }: ServiceDeps, cluster: Cluster, hosts: readonly Host[]): Promise<ArchivedObject[]> {
  const objects = new Map<string, ArchivedObject>();
  try {
    for await (const key of store.listKeys('private', logsPrefix(cluster.id))) {
      const source = findLogSource(cluster.id, key);
      if (!source) continue;
      const name = logFileName(cluster, source, hosts);
      // Two hosts may claim one name; an archive must not hold two files of one name.
      const unique = objects.has(name) && source.type === 'host' ? name.replace(/\.tar\.gz$/, `_${source.hostId}.tar.gz`) : name;
      objects.set(unique, { key, name: unique });
    }
  } catch (error) {
    if (error instanceof StoreError) throw new Unavailable('The file storage does not answer; try again.', 5, { cause: error });
    throw error;
  }
  return [...objects.values()];
}
