import type { WireCluster } from '../../agent/protocol/wire-cluster';
import { consoleUrlOf } from '../install-test/console-url';
import type { Subscriptions } from '../install-test/subscriptions';

/** How long a subscription may take to follow its cluster while many do. */
const lagMs = 300_000;

/** The one subscription of an installed cluster becomes Active and knows it and its console; rejects when it does not. */
export async function expectActive(subscriptions: Subscriptions, cluster: WireCluster): Promise<void> {
  await subscriptions.waitFor(cluster.id, { status: 'Active', display_name: cluster.name ?? '', external_cluster_id: cluster.openshift_cluster_id ?? '', console_url: consoleUrlOf(cluster) }, lagMs);
}

/** Of a cluster that was removed without having been installed no subscription is left, of an installed one its own. */
export async function expectAfterRemoval(subscriptions: Subscriptions, clusterId: string, wasInstalled: boolean): Promise<void> {
  if (wasInstalled) await subscriptions.waitFor(clusterId, { status: 'Active' }, lagMs);
  else await subscriptions.waitForNone(clusterId, lagMs);
}
