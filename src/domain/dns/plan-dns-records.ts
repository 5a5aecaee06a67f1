import type { ManagedDomain } from '../cluster/managed-domain';
import type { Cluster, ClusterSnapshot } from '../cluster/model';
import { findSingleNodeAddress } from '../cluster/single-node-address';
import type { DnsRecord } from './dns-record';

/**
 * The records that a cluster in a managed domain is found by: `api` and `*.apps` for its virtual addresses. The one host of a
 * single-node cluster bears all names, `api-int` too, which the hosts of others answer themselves. Behind a load balancer of its
 * user a cluster has no addresses that this service knows: it gets none.
 */
export function planDnsRecords(snapshot: ClusterSnapshot, domains: readonly ManagedDomain[]): DnsRecord[] {
  const { cluster } = snapshot;
  const managed = domains.find(({ domain }) => domain === cluster.baseDnsDomain);
  if (cluster.kind !== 'Cluster' || managed === undefined) return [];
  return addressesOf(snapshot).flatMap(([label, address]) => (address === '' ? [] : [{
    zoneId: managed.zoneId,
    name: `${label}.${domainOf(cluster)}`,
    type: address.includes(':') ? 'AAAA' : 'A',
    address,
  }]));
}

const domainOf = ({ name, baseDnsDomain }: Cluster): string => `${name}.${baseDnsDomain}`;

function addressesOf(snapshot: ClusterSnapshot): [string, string][] {
  const { highAvailabilityMode, apiVip, ingressVip } = snapshot.cluster;
  if (highAvailabilityMode !== 'None') return [['api', apiVip], ['*.apps', ingressVip]];
  const address = findSingleNodeAddress(snapshot) ?? '';
  return [['api', address], ['api-int', address], ['*.apps', address]];
}
