import type { ServiceDeps } from '../deps';
import { guardExistingCluster } from '../guard';
import { sendIntent } from './send-intent';
import { keyOf, type UserAction } from './user-action';

/** Takes a cluster and its hosts away; what is stored of them goes later. */
export async function deregisterCluster(deps: ServiceDeps, action: UserAction, clusterId: string): Promise<void> {
  guardExistingCluster(action.actor, 'write', clusterId, await deps.owners.find(clusterId));
  await sendIntent(deps, { clusterId, userName: action.actor.userName, body: { operation: 'deregister' }, ...keyOf(action) });
}
