import type { ServiceDeps } from '../deps';
import { changeCluster } from './change-cluster';
import type { ClusterView } from './cluster-view';
import type { UserAction } from './user-action';

/** Installs all hosts that are ready to be added to a running cluster; returns once their ignitions are stored and the installation has begun. */
export const installHosts = (deps: ServiceDeps, action: UserAction, clusterId: string): Promise<ClusterView> =>
  changeCluster(deps, action, clusterId, { operation: 'installHosts' });
