import type { HostChanges } from '../../activities/contract';
import type { CarriedHost } from './contract';

/** The hosts after a refresh. A changed host keeps its place, a new one comes last; a list is all of them. */
export function applyHostChanges(hosts: readonly CarriedHost[], told: CarriedHost[] | HostChanges): CarriedHost[] {
  if (Array.isArray(told)) return told;
  const changed = new Map(told.changed.map((host) => [host.id, host]));
  const removed = new Set(told.removed);
  const known = new Set(hosts.map((host) => host.id));
  const kept = hosts.filter((host) => !removed.has(host.id)).map((host) => changed.get(host.id) ?? host);
  return [...kept, ...told.changed.filter((host) => !known.has(host.id))];
}
