import type { CarriedHost } from '../workflows/cluster/contract';
import type { HostChanges } from './contract';

/** What of the present hosts differs from the known ones. */
export function findHostChanges(known: readonly CarriedHost[], present: readonly CarriedHost[]): HostChanges {
  const before = new Map(known.map((host) => [host.id, host]));
  const stays = new Set(present.map((host) => host.id));
  return {
    changed: present.filter((host) => !isSame(before.get(host.id), host)),
    removed: known.flatMap(({ id }) => (stays.has(id) ? [] : [id])),
  };
}

function isSame(a: CarriedHost | undefined, b: CarriedHost): boolean {
  return a !== undefined && a.name === b.name && a.role === b.role && a.bootstrap === b.bootstrap && a.status === b.status && a.stage === b.stage;
}
