import { BoundedMap } from '../../auth/bounded-map';

export interface ClusterOwner {
  userName: string;
  orgId: string;
}

export interface OwnerLookup {
  /** The owner if it is known, without waiting. */
  peek(clusterId: string): ClusterOwner | undefined;
  /** The owner of a cluster, deregistered or not; undefined when there never was one. */
  find(clusterId: string): Promise<ClusterOwner | undefined>;
}

const keptMs = 10 * 60_000;

/**
 * Remembers owners for 10 minutes: they never change, and every request of every agent asks. Clusters that are not there
 * are not remembered.
 */
export function createOwnerLookup(load: (clusterId: string) => Promise<ClusterOwner | undefined>, now: () => number = Date.now): OwnerLookup {
  const known = new BoundedMap<{ owner: ClusterOwner; until: number }>(50_000);
  const peek = (clusterId: string): ClusterOwner | undefined => {
    const entry = known.get(clusterId);
    return entry && now() < entry.until ? entry.owner : undefined;
  };
  return {
    peek,
    async find(clusterId) {
      const remembered = peek(clusterId);
      if (remembered) return remembered;
      const owner = await load(clusterId);
      if (owner) known.set(clusterId, { owner, until: now() + keptMs });
      return owner;
    },
  };
}
