import { purgeCluster } from '../src/db/purge-cluster';
import type { LoadedCluster } from '../src/db/load-snapshot';
import { softDeleteCluster } from '../src/db/soft-delete-cluster';
import type { ActivityDeps, DnsService } from './deps';
import { restoreCarriedState } from './restore-carried-state';

export type GiveWorkflowDeps = Pick<ActivityDeps, 'db' | 'notifier' | 'log'> & { dns: Pick<DnsService, 'domains'> | null };

/**
 * A live row without a workflow gets one again, unless the workflow came to its end: then the cluster was deleted for good, and
 * the row came back with an older database. Such rows go; nobody else writes them any more.
 */
export async function giveWorkflow(deps: GiveWorkflowDeps, loaded: LoadedCluster): Promise<'started' | 'removed'> {
  const clusterId = loaded.row.id;
  if (await deps.notifier.start({ clusterId, state: restoreCarriedState(loaded, deps.dns?.domains) })) {
    deps.log.warn({ cluster_id: clusterId }, 'A cluster had no workflow and got one again.');
    return 'started';
  }
  deps.log.warn({ cluster_id: clusterId }, 'The rows of a cluster that was deleted for good had come back, and were removed.');
  await deps.db.transaction((tx) => softDeleteCluster(tx, clusterId, new Date()));
  await purgeCluster(deps.db, clusterId);
  return 'removed';
}
