import { parseValidations } from '../../events/validation-flips';
import { effectiveHostname } from '../../host/effective-hostname';
import type { Host } from '../../host/model';
import { failureMessages } from '../../host/validation-outcome';
import type { Refusal } from '../../refusal';
import type { DomainSettings } from '../../settings';
import { assignRoles } from '../assign-roles';
import { chooseBootstrap } from '../choose-bootstrap';
import { createConnectivity } from '../connectivity';
import { enabledHosts } from '../enabled-hosts';
import { evaluateCluster } from '../evaluate';
import type { Change } from '../evaluation';
import type { Cluster, ClusterSnapshot } from '../model';
import { setClusterStatus } from '../set-cluster-status';
import { updateMajorityGroups } from '../upkeep';

function describeUnready(host: Host): string {
  const failures = failureMessages(parseValidations(host.validationsInfo));
  return `${effectiveHostname(host)} (${host.status}${failures === '' ? '' : `: ${failures}`})`;
}

function refuseUnreadyHosts(snapshot: ClusterSnapshot): Refusal | undefined {
  const unready = enabledHosts(snapshot).filter((host) => host.kind === 'Host' && host.status !== 'known');
  return unready.length === 0 ? undefined : { type: 'Invalid', reason: `These hosts are not ready to be installed: ${unready.map(describeUnready).join('; ')}` };
}

function startPreparation(cluster: Cluster, now: Date): Cluster {
  return {
    ...cluster,
    installStartedAt: now, preparationResult: null, preparationInfo: '', kubeconfigUploaded: false,
    logsInfo: '', controllerLogsStartedAt: null, controllerLogsCollectedAt: null,
  };
}

/**
 * Starts an installation: gives the roles, looks once more at all hosts, then prepares. Invalid names the hosts that
 * are not ready, Conflict says why the cluster is not; a refusal leaves no trace.
 */
export function installCluster(snapshot: ClusterSnapshot, now: Date, settings: DomainSettings): Change | Refusal {
  const connectivity = createConnectivity(settings);
  const assigned = updateMajorityGroups(assignRoles(snapshot, settings), connectivity);
  const unready = refuseUnreadyHosts(assigned);
  if (unready) return unready;
  const refreshed = evaluateCluster(assigned, now, settings, connectivity);
  const { cluster } = refreshed.snapshot;
  if (cluster.status !== 'ready') return { type: 'Conflict', reason: `The cluster cannot be installed in status ${cluster.status}: ${cluster.statusInfo}` };
  const started = setClusterStatus({ ...refreshed.snapshot, cluster: startPreparation(cluster, now) }, 'preparing-for-installation', 'Preparing the cluster for the installation', now);
  const chosen = chooseBootstrap(started.snapshot, now);
  return { snapshot: chosen.snapshot, events: [...refreshed.events, ...started.events, ...chosen.events] };
}
