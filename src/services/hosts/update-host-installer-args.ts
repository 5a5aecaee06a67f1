import { checkInstallerArgs } from '../../domain/input/installer-args';
import type { UserAction } from '../clusters/user-action';
import type { ServiceDeps } from '../deps';
import { Invalid } from '../errors';
import { changeHost, type ChangedHost } from './change-host';

/** Sets the arguments of the disk installer of a host; an empty list takes them away. */
export async function updateHostInstallerArgs(deps: ServiceDeps, action: UserAction, clusterId: string, hostId: string, args: string[]): Promise<ChangedHost> {
  const problem = checkInstallerArgs(args);
  if (problem !== undefined) throw new Invalid(problem);
  return changeHost(deps, action, clusterId, { operation: 'updateHostInstallerArgs', hostId, args });
}
