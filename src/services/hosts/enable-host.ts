import { changeCluster } from '../clusters/change-cluster';
import type { ClusterView } from '../clusters/cluster-view';
import type { UserAction } from '../clusters/user-action';
import type { ServiceDeps } from '../deps';

/** Lets a disabled host take part again. */
export const enableHost = (deps: ServiceDeps, action: UserAction, clusterId: string, hostId: string): Promise<ClusterView> =>
  changeCluster(deps, action, clusterId, { operation: 'enableHost', hostId });
