import { hasDnsRecords } from '../src/domain/dns/has-dns-records';
import { planDnsRecords } from '../src/domain/dns/plan-dns-records';
import type { ManagedDomain } from '../src/domain/cluster/managed-domain';
import type { LoadedCluster } from '../src/db/load-snapshot';
import type { ClusterState } from '../workflows/cluster/contract';
import { cutStatusInfo, toCarriedHost } from './carried-host';

/** What the workflow of a cluster carries, out of its rows; what AMS holds it finds by searching. */
export function restoreCarriedState({ snapshot, versions }: LoadedCluster, domains: readonly ManagedDomain[] = []): ClusterState {
  const { cluster, hosts } = snapshot;
  return {
    version: 1,
    clusterId: cluster.id,
    registered: true,
    name: cluster.name,
    baseDnsDomain: cluster.baseDnsDomain,
    userName: cluster.userName,
    orgId: cluster.orgId,
    openshiftVersion: cluster.openshiftVersion,
    status: cluster.status,
    statusInfo: cutStatusInfo(cluster.statusInfo),
    hosts: hosts.map(toCarriedHost),
    revision: versions.revision,
    appliedVersion: versions.appliedVersion,
    // The next refresh must not be taken for a retry of the one that wrote the rows last.
    refreshCount: Number(versions.refreshId) || 0,
    deadline: null,
    subscription: { wanted: null, applied: null, retryAt: null, failures: 0, lookAgainAt: null, refused: null, refusedWanted: null },
    // Whether the state object is up to date is not known: it is written anew.
    documents: { wanted: null, stored: null, retryAt: null, failures: 0 },
    dns: { records: hasDnsRecords(cluster.status) ? planDnsRecords(snapshot, domains) : [], retryAt: null, failures: 0 },
    refreshedAt: 0,
    deregisteredAt: null,
    attentionNeeded: null,
    attentionCause: null,
  };
}
