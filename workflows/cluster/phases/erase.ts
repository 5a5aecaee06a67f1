import { ApplicationFailure, condition } from '@temporalio/workflow';
import type { ClusterManager } from '../manager';

/** How long a user waits until nothing is left of a cluster; what is left then goes all the same. */
const eraseWithin = '10s';

/** Begins the permanent deletion of a deregistered cluster now, and waits for its end. */
export async function eraseCluster(manager: ClusterManager): Promise<void> {
  if (manager.state.deregisteredAt === null) throw ApplicationFailure.nonRetryable(`Cluster ${manager.state.clusterId} is not deregistered.`, 'Conflict');
  manager.eraseAsked = true;
  manager.dirty = true;
  if (!(await condition(() => manager.finished, eraseWithin))) throw ApplicationFailure.nonRetryable('The former cluster is still being deleted.', 'Unavailable');
}
