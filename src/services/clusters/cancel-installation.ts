import type { ServiceDeps } from '../deps';
import { changeCluster } from './change-cluster';
import type { ClusterView } from './cluster-view';
import type { UserAction } from './user-action';

/** Stops an installation; the hosts have to be reset before the next one. */
export const cancelInstallation = (deps: ServiceDeps, action: UserAction, clusterId: string): Promise<ClusterView> =>
  changeCluster(deps, action, clusterId, { operation: 'cancel' });
