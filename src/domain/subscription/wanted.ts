import type { ClusterSnapshot } from '../cluster/model';
import type { WantedSubscription } from './model';

/** Address of the web console of an installed cluster; empty while it has no base domain. */
export function consoleUrlOf({ name, baseDnsDomain }: { name: string; baseDnsDomain: string }): string {
  return baseDnsDomain === '' ? '' : `https://console-openshift-console.apps.${name}.${baseDnsDomain}`;
}

/**
 * What the subscription should look like now. An empty field is not wanted yet, so what AMS holds stays.
 * @param released true once the cluster is gone from the service
 */
export function wantedSubscription({ cluster, operators }: ClusterSnapshot, released: boolean): WantedSubscription {
  const installed = cluster.status === 'installed';
  const consoleReady = operators.some((operator) => operator.name === 'console' && operator.status === 'available');
  return {
    released,
    displayName: cluster.name,
    externalClusterId: cluster.openshiftClusterId,
    consoleUrl: consoleReady && (installed || cluster.status === 'finalizing') ? consoleUrlOf(cluster) : '',
    status: installed ? 'Active' : 'Reserved',
  };
}
