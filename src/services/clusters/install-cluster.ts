import type { ServiceDeps } from '../deps';
import { changeCluster } from './change-cluster';
import type { ClusterView } from './cluster-view';
import type { UserAction } from './user-action';

/** Starts the installation of a cluster whose hosts are all fit; returns once the preparation has begun. */
export const installCluster = (deps: ServiceDeps, action: UserAction, clusterId: string): Promise<ClusterView> =>
  changeCluster(deps, action, clusterId, { operation: 'install' });
