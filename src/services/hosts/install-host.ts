import type { UserAction } from '../clusters/user-action';
import type { ServiceDeps } from '../deps';
import { changeHost, type ChangedHost } from './change-host';

/** Installs one host that is added to a running cluster; returns once its ignition is stored and the installation has begun. */
export const installHost = (deps: ServiceDeps, action: UserAction, clusterId: string, hostId: string): Promise<ChangedHost> =>
  changeHost(deps, action, clusterId, { operation: 'installHost', hostId });
