import type { LoadedCluster } from '../src/db/load-snapshot';
import { effectiveHostname } from '../src/domain/host/effective-hostname';
import type { ClusterState } from '../workflows/cluster/contract';

/** What the workflow of a cluster carries, out of its rows; what AMS holds it finds by searching. */
export function restoreCarriedState({ snapshot, versions }: LoadedCluster): ClusterState {
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
    statusInfo: cluster.statusInfo.slice(0, 500),
    hosts: hosts.map((host) => ({ id: host.id, name: effectiveHostname(host).slice(0, 63), role: host.role, bootstrap: host.bootstrap, status: host.status, stage: host.stage })),
    revision: versions.revision,
    appliedVersion: versions.appliedVersion,
    // Names of refreshes must be new: the lost workflow counted at most one for each revision and each fact.
    refreshCount: versions.revision + versions.factsVersion,
    deadline: null,
    subscription: { wanted: null, applied: null, retryAt: null, failures: 0, refused: null, refusedWanted: null },
    deregisteredAt: null,
    attentionNeeded: null,
    attentionCause: null,
  };
}
