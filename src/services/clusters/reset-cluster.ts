import type { ServiceDeps } from '../deps';
import { changeCluster } from './change-cluster';
import type { ClusterView } from './cluster-view';
import type { UserAction } from './user-action';

/** Takes a cluster back to where it was before its installation. */
export const resetCluster = (deps: ServiceDeps, action: UserAction, clusterId: string): Promise<ClusterView> =>
  changeCluster(deps, action, clusterId, { operation: 'reset' });
