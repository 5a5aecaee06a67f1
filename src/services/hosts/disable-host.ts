import { changeCluster } from '../clusters/change-cluster';
import type { ClusterView } from '../clusters/cluster-view';
import type { UserAction } from '../clusters/user-action';
import type { ServiceDeps } from '../deps';

/** Takes a host out of everything its cluster does. */
export const disableHost = (deps: ServiceDeps, action: UserAction, clusterId: string, hostId: string): Promise<ClusterView> =>
  changeCluster(deps, action, clusterId, { operation: 'disableHost', hostId });
