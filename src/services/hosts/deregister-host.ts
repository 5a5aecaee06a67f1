import { changeCluster } from '../clusters/change-cluster';
import type { UserAction } from '../clusters/user-action';
import type { ServiceDeps } from '../deps';

/** Takes a host out of its cluster; one that is not there is only noted. */
export async function deregisterHost(deps: ServiceDeps, action: UserAction, clusterId: string, hostId: string): Promise<void> {
  await changeCluster(deps, action, clusterId, { operation: 'deregisterHost', hostId });
}
