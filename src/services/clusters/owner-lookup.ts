import { BoundedMap } from '../../auth/bounded-map';

export interface ClusterOwner {
  userName: string;
  /** Organisation whose members may do what the owner may; '' = nobody else. */
  sharedWithOrg: string;
}

export interface OwnerLookup {
  /** The owner if it is known, without waiting. */
  peek(clusterId: string): ClusterOwner | undefined;
  /** The owner of a cluster, deregistered or not; undefined when there never was one. */
  find(clusterId: string): Promise<ClusterOwner | undefined>;
}

const keptMs = 10 * 60_000;

export interface OwnerLookupOptions {
  load: (clusterId: string) => Promise<{ userName: string; orgId: string } | undefined>;
  /** Whether members of an organisation share its clusters. */
  orgTenancy: boolean;
  /** Clock in milliseconds, for tests. */
  now?: () => number;
}

/**
 * Remembers owners for 10 minutes: they never change, and every request of every agent asks. Clusters that are not there
 * are not remembered.
 */
export function createOwnerLookup({ load, orgTenancy, now = Date.now }: OwnerLookupOptions): OwnerLookup {
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
      const row = await load(clusterId);
      if (!row) return undefined;
      const owner = { userName: row.userName, sharedWithOrg: orgTenancy ? row.orgId : '' };
      known.set(clusterId, { owner, until: now() + keptMs });
      return owner;
    },
  };
}
