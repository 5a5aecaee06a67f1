import { draftEvent } from '../../events/draft-event';
import { effectiveHostname } from '../../host/effective-hostname';
import { checkInstallerArgs } from '../../input/installer-args';
import { isRefusal, type Refusal } from '../../refusal';
import type { Change } from '../evaluation';
import type { UpdateHostInstallerArgsIntent } from '../intents';
import type { ClusterSnapshot } from '../model';
import { findNamedHost } from '../named-host';
import { replaceHost } from '../replace-host';

/** Sets what the user gives to the disk installer of a host; an empty list takes it away. Invalid for arguments that are not allowed. */
export function updateHostInstallerArgs(snapshot: ClusterSnapshot, { hostId, args }: UpdateHostInstallerArgsIntent, now: Date): Change | Refusal {
  const problem = checkInstallerArgs(args);
  if (problem !== undefined) return { type: 'Invalid', reason: problem };
  const host = findNamedHost(snapshot, hostId);
  if (isRefusal(host)) return host;
  const event = draftEvent('host_installer_args_applied', { host: effectiveHostname(host) }, { clusterId: host.clusterId, hostId, cause: now.getTime(), at: now });
  return { snapshot: replaceHost(snapshot, { ...host, installerArgs: args.length === 0 ? '' : JSON.stringify(args) }), events: [event] };
}
