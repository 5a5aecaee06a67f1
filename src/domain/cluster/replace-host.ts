import type { Host } from '../host/model';
import type { HostChange } from '../host/set-host-status';
import type { Change } from './evaluation';
import type { ClusterSnapshot } from './model';

/** Puts a changed host in the place of its former self. */
export function replaceHost(snapshot: ClusterSnapshot, host: Host): ClusterSnapshot {
  return { ...snapshot, hosts: snapshot.hosts.map((candidate) => (candidate.id === host.id ? host : candidate)) };
}

/** The snapshot with one host changed and the events of that change; untouched where the host is not there. */
export function changeHost(snapshot: ClusterSnapshot, hostId: string, change: (host: Host) => HostChange): Change {
  const host = snapshot.hosts.find((candidate) => candidate.id === hostId);
  if (host === undefined) return { snapshot, events: [] };
  const { host: changed, events } = change(host);
  return { snapshot: changed === host ? snapshot : replaceHost(snapshot, changed), events };
}
