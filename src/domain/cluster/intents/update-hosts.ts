import { eligibleDisks } from '../../host/disk-eligibility';
import { diskKey, diskPath } from '../../host/disk-key';
import { effectiveHostname } from '../../host/effective-hostname';
import type { Host } from '../../host/model';
import type { HostStatus } from '../../host/status';
import { checkHostname } from '../../input/hostname';
import { isRefusal, type Refusal } from '../../refusal';
import type { DomainSettings } from '../../settings';
import type { UpdateClusterIntent } from '../intents';
import type { ClusterSnapshot } from '../model';
import { replaceHost } from '../replace-host';

const editable: readonly HostStatus[] = ['discovering', 'known', 'disconnected', 'insufficient', 'pending-for-input'];

type Edit = (host: Host, snapshot: ClusterSnapshot) => Host | Refusal;
interface HostEdit { id: string; edit: Edit }

const editRole = (role: Host['role']): Edit => (host) => {
  if (role === 'bootstrap') return { type: 'Invalid', reason: 'A host becomes the bootstrap host by the service\'s choice only' };
  if (role === host.role) return host;
  const followsRole = host.kind === 'AddToExistingClusterHost' && (host.machineConfigPoolName === '' || host.machineConfigPoolName === host.role);
  // The control plane starts on a master: with another role the mark of an earlier preparation goes.
  return { ...host, role, ...(role !== 'master' && { bootstrap: false }), ...(followsRole && { machineConfigPoolName: role }) };
};

const editName = (requestedHostname: string): Edit => (host) => {
  const wrong = requestedHostname === '' ? undefined : checkHostname(requestedHostname);
  return wrong === undefined ? { ...host, requestedHostname } : { type: 'Invalid', reason: wrong };
};

const editDisk = (disks: readonly { id: string; role: 'none' | 'install' }[], settings: DomainSettings): Edit => (host, snapshot) => {
  const chosen = disks.filter((disk) => disk.role === 'install');
  const [only] = chosen;
  const name = effectiveHostname(host);
  if (only === undefined || chosen.length > 1) return { type: 'Conflict', reason: `Host ${name} needs exactly one installation disk, ${chosen.length} are given` };
  const disk = eligibleDisks(snapshot, host, settings).find((candidate) => diskKey(candidate) === only.id);
  if (disk === undefined) return { type: 'Conflict', reason: `Disk ${only.id} of host ${name} does not exist or cannot be installed on` };
  return { ...host, installationDiskId: only.id, installationDiskPath: diskPath(disk) };
};

const editPool = (machineConfigPoolName: string): Edit => (host) => ({ ...host, machineConfigPoolName });

function listEdits(intent: UpdateClusterIntent, settings: DomainSettings): HostEdit[] {
  return [
    ...(intent.hostsRoles ?? []).map(({ id, role }) => ({ id, edit: editRole(role) })),
    ...(intent.hostsNames ?? []).map(({ id, hostname }) => ({ id, edit: editName(hostname) })),
    ...(intent.disksSelected ?? []).map(({ id, disks }) => ({ id, edit: editDisk(disks, settings) })),
    ...(intent.hostsMachineConfigPoolNames ?? []).map(({ id, name }) => ({ id, edit: editPool(name) })),
  ];
}

/** Applies what a change says of single hosts, all or nothing: NotFound for an unknown host, Conflict where its state or its disks forbid it. */
export function updateHosts(snapshot: ClusterSnapshot, intent: UpdateClusterIntent, settings: DomainSettings): ClusterSnapshot | Refusal {
  let current = snapshot;
  for (const { id, edit } of listEdits(intent, settings)) {
    const host = current.hosts.find((candidate) => candidate.id === id);
    if (host === undefined) return { type: 'NotFound', reason: `Host ${id} was not found in the cluster` };
    if (!editable.includes(host.status)) return { type: 'Conflict', reason: `Host ${effectiveHostname(host)} cannot be changed while it is in status ${host.status}` };
    const edited = edit(host, current);
    if (isRefusal(edited)) return edited;
    current = replaceHost(current, edited);
  }
  return current;
}
