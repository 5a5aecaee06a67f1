import { readSnapshot } from '../../db/read-snapshot';
import { toClusterView, type HostView } from '../clusters/cluster-view';
import type { ServiceDeps } from '../deps';

export interface ListedHosts {
  /** Owner of the cluster, shown with every host. */
  userName: string;
  hosts: HostView[];
}

/** Hosts of a cluster in the order they registered; none for a cluster that is not there. */
export async function listHosts(deps: Pick<ServiceDeps, 'db'>, clusterId: string): Promise<ListedHosts> {
  const loaded = await readSnapshot(deps.db, clusterId);
  if (!loaded || loaded.row.deletedAt !== null) return { userName: '', hosts: [] };
  return { userName: loaded.row.userName, hosts: toClusterView(loaded, '').hosts };
}
