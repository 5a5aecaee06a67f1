import type { Change } from '../cluster/evaluation';
import type { Cluster, ClusterSnapshot } from '../cluster/model';
import type { ClusterStatus } from '../cluster/status';
import type { InstallationResult } from '../events/catalog';
import { draftEvent } from '../events/draft-event';
import { paramsOf, type EventDraft } from '../events/draft';
import { parseValidations } from '../events/validation-flips';
import { clusterLabels, hostResult, stageDuration } from './host-measures';
import type { Measure } from './measure';

const beforeInstallation: readonly ClusterStatus[] = ['insufficient', 'pending-for-input', 'ready', 'adding-hosts'];

function measureOf({ cluster }: ClusterSnapshot, event: EventDraft): Measure[] {
  const labels = clusterLabels(cluster);
  const { ver, ed } = labels;
  const status = paramsOf(event, 'cluster_status_updated');
  if (status?.from === 'preparing-for-installation' && status.to === 'installing') {
    return [{ metric: 'cluster_installation_started', labels: { ...labels, userManagedNetworking: String(cluster.userManagedNetworking) }, value: 1 }];
  }
  const hostFlip = paramsOf(event, 'host_validation_failed');
  if (hostFlip && beforeInstallation.includes(cluster.status)) {
    return [{ metric: 'host_validation_failed_after_success_before_installation', labels: { ver, ed, hostValidationType: hostFlip.validation }, value: 1 }];
  }
  const clusterFlip = paramsOf(event, 'cluster_validation_failed');
  if (clusterFlip && beforeInstallation.includes(cluster.status)) {
    return [{ metric: 'cluster_validation_failed_after_success_before_installation', labels: { ver, ed, clusterValidationType: clusterFlip.validation }, value: 1 }];
  }
  const image = paramsOf(event, 'host_image_status');
  if (image && event.hostId !== undefined) {
    return [{ metric: 'cluster_host_image_pull_status', labels: { result: image.result, imageName: image.image, cid: cluster.id, hostId: event.hostId }, value: image.downloadRate }];
  }
  if (event.name === 'cluster_registered' || event.name === 'add_hosts_cluster_registered') return [{ metric: 'cluster_creations', labels, value: 1 }];
  return [];
}

const failing = (validationsInfo: string): string[] => Object.values(parseValidations(validationsInfo)).flat().filter(({ status }) => status === 'failure').map(({ id }) => id);

/** The validations that kept a cluster from its installation until its user gave it up. */
function failingAtDeletion({ cluster, hosts }: ClusterSnapshot): Measure[] {
  const { ver, ed } = clusterLabels(cluster);
  return [
    ...failing(cluster.validationsInfo).map((id): Measure => ({ metric: 'cluster_validation_is_in_failed_status_on_cluster_deletion', labels: { ver, ed, clusterValidationType: id }, value: 1 })),
    ...hosts.flatMap((host) => failing(host.validationsInfo)).map((id): Measure => ({ metric: 'host_validation_is_in_failed_status_on_cluster_deletion', labels: { ver, ed, hostValidationType: id }, value: 1 })),
  ];
}

/** An installation ends once: cancelling one that is in error already is no second end. */
function resultOf(before: Cluster, event: EventDraft): InstallationResult | undefined {
  if (event.name === 'install_cancelled') return before.status === 'error' ? undefined : 'canceled';
  const to = paramsOf(event, 'cluster_status_updated')?.to;
  return to === 'installed' || to === 'error' ? to : undefined;
}

function installationResult(before: Cluster, cluster: Cluster, event: EventDraft): EventDraft[] {
  const result = resultOf(before, event);
  if (result === undefined || cluster.installStartedAt === null) return [];
  const duration = (event.at.getTime() - cluster.installStartedAt.getTime()) / 1_000;
  const told = draftEvent('cluster.installation.results', { duration, result }, { clusterId: cluster.id, cause: event.key, at: event.at });
  return [{ ...told, measures: [{ metric: 'cluster_installation_seconds', labels: { result, ...clusterLabels(cluster) }, value: duration }] }];
}

function stageResult(before: ClusterSnapshot, event: EventDraft): EventDraft[] {
  const stage = paramsOf(event, 'host_stage_reached')?.stage;
  const host = before.hosts.find((candidate) => candidate.id === event.hostId);
  if (stage === undefined || host === undefined || host.stage === stage) return [];
  const result = stage === 'Failed' ? 'Failed' : 'Done';
  return [...stageDuration(before.cluster, host, result, event), ...(stage === 'Done' || stage === 'Failed' ? hostResult(before.cluster, host, result, event) : [])];
}

/**
 * The events of a change with what is counted for them, and the events of category `metrics` that belong to them. What is counted
 * hangs on an event, and an event is stored once for its cause: so each moment counts once, however often it is computed.
 */
export function measureChange(before: ClusterSnapshot, { snapshot, events }: Change): EventDraft[] {
  return events.flatMap((event) => {
    const measures = event.name === 'cluster_deregistered' ? failingAtDeletion(snapshot) : measureOf(snapshot, event);
    return [measures.length === 0 ? event : { ...event, measures }, ...installationResult(before.cluster, snapshot.cluster, event), ...stageResult(before, event)];
  });
}
