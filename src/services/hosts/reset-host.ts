import type { UserAction } from '../clusters/user-action';
import type { ServiceDeps } from '../deps';
import { changeHost, type ChangedHost } from './change-host';

/** Takes one host that is added to a running cluster back to where it was before its installation. */
export const resetHost = (deps: ServiceDeps, action: UserAction, clusterId: string, hostId: string): Promise<ChangedHost> =>
  changeHost(deps, action, clusterId, { operation: 'resetHost', hostId });
