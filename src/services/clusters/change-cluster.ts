import type { ChangeIntent } from '../../domain/cluster/intents';
import type { ServiceDeps } from '../deps';
import { guardExistingCluster } from '../guard';
import type { ClusterView } from './cluster-view';
import { loadCluster } from './load-cluster';
import { sendIntent } from './send-intent';
import { keyOf, type UserAction } from './user-action';

/** Has the cluster's workflow apply a change and answers the cluster as it is then. */
export async function changeCluster(
  deps: ServiceDeps,
  action: UserAction,
  clusterId: string,
  body: ChangeIntent,
  secret?: Buffer,
): Promise<ClusterView> {
  guardExistingCluster(action.actor, 'write', clusterId, await deps.owners.find(clusterId));
  await sendIntent(deps, { clusterId, userName: action.actor.userName, body, ...keyOf(action), ...(secret && { secret }) });
  return loadCluster(deps, clusterId);
}
