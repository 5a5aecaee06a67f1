import { pause } from '../../agent/protocol/pause';

/** What the account management service keeps of a cluster; it has more. */
export interface Subscription {
  id: string;
  status: string;
  cluster_id?: string;
  external_cluster_id?: string;
  display_name?: string;
  console_url?: string;
}

/** Subscriptions of a cluster as its owner sees them. */
export interface Subscriptions {
  find(clusterId: string): Promise<Subscription[]>;
  /** Waits until the one subscription of a cluster is as wanted; rejects with the last difference after the given time. */
  waitFor(clusterId: string, wanted: Partial<Subscription>, withinMs: number): Promise<Subscription>;
  /** Waits until a cluster has no subscription; rejects when it still has one after the given time. */
  waitForNone(clusterId: string, withinMs: number): Promise<void>;
}

const betweenLooksMs = 200;

function differenceOf(found: readonly Subscription[], wanted: Partial<Subscription>): string | undefined {
  const [subscription, ...surplus] = found;
  if (!subscription || surplus.length > 0) return `expected one subscription, found ${found.length}`;
  const differences = Object.entries(wanted).filter(([name, value]) => subscription[name as keyof Subscription] !== value);
  return differences.length === 0 ? undefined : differences.map(([name, value]) => `${name} is ${String(subscription[name as keyof Subscription])}, expected ${value}`).join('; ');
}

/** Reads subscriptions with the user's token. */
export function createSubscriptions(amsUrl: string, token: string, signal: AbortSignal): Subscriptions {
  async function find(clusterId: string): Promise<Subscription[]> {
    const url = new URL('/api/accounts_mgmt/v1/subscriptions', amsUrl);
    url.searchParams.set('search', `cluster_id = '${clusterId}'`);
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal });
    if (!response.ok) throw new Error(`search of subscriptions: ${response.status} ${(await response.text()).slice(0, 200)}`);
    return ((await response.json()) as { items?: Subscription[] }).items ?? [];
  }

  return {
    find,
    waitForNone: async (clusterId, withinMs) => {
      const until = Date.now() + withinMs;
      for (;;) {
        const found = await find(clusterId);
        if (found.length === 0) return;
        if (Date.now() > until) throw new Error(`expected no subscription, found ${found.map(({ status }) => status).join(', ')}`);
        await pause(betweenLooksMs, signal);
      }
    },
    waitFor: async (clusterId, wanted, withinMs) => {
      const until = Date.now() + withinMs;
      for (;;) {
        const found = await find(clusterId);
        const difference = differenceOf(found, wanted);
        if (difference === undefined && found[0]) return found[0];
        if (Date.now() > until) throw new Error(difference);
        await pause(betweenLooksMs, signal);
      }
    },
  };
}
