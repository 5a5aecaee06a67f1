import { draftEvent } from '../events/draft-event';
import type { EventDraft } from '../events/draft';
import type { EventName, EventParams } from '../events/catalog';
import { decideProgress } from '../host/decide-progress';
import { effectiveHostname } from '../host/effective-hostname';
import type { Host } from '../host/model';
import { applyStage, applyStageInfo } from '../host/progress';
import { findRegistrationRule } from '../host/registration-transitions';
import { setHostStatus, type HostChange } from '../host/set-host-status';
import { findHostUserRule } from '../host/user-transitions';
import type { DomainSettings } from '../settings';
import { applyControllerLogs, applyHostLogs } from './apply-logs-progress';
import { decideCompletion } from './decide-completion';
import { decideLeasedVips } from './decide-leased-vips';
import type { Change } from './evaluation';
import type { ClusterFact, LoggedFact } from './facts';
import type { ClusterSnapshot } from './model';
import { changeHost } from './replace-host';
import { setClusterStatus } from './set-cluster-status';

type FactKind = ClusterFact['kind'];
type FactOf<K extends FactKind> = Extract<ClusterFact, { kind: K }>;
interface Entry { seq: number; at: Date }
type Apply<K extends FactKind> = (snapshot: ClusterSnapshot, fact: FactOf<K>, entry: Entry) => Change;

function clusterEvent<N extends EventName>(snapshot: ClusterSnapshot, name: N, params: EventParams<N>, { seq, at }: Entry): EventDraft {
  return draftEvent(name, params, { clusterId: snapshot.cluster.id, cause: seq, at });
}

function hostEvent<N extends EventName>(host: Host, name: N, params: EventParams<N>, { seq, at }: Entry): EventDraft {
  return draftEvent(name, params, { clusterId: host.clusterId, hostId: host.id, cause: seq, at });
}

/** A host that starts over; its inventory belongs to the agent's facts and was forgotten when the registration was accepted. */
function register(host: Host, fact: FactOf<'hostRegistered'>, entry: Entry): HostChange {
  const event = hostEvent(host, 'host_registered', { host: effectiveHostname(host), isNew: fact.isNew }, entry);
  if (fact.isNew) return { host, events: [event] };
  const rule = findRegistrationRule(host);
  if (rule === undefined || rule.forbidden === true) return { host, events: [] };
  // An agent that keeps restarting on a host whose installation failed tells nothing new.
  if (host.status === 'error') return { host: { ...host, discoveryAgentVersion: fact.discoveryAgentVersion }, events: [] };
  const restarts: Partial<Host> = rule.to === 'discovering' ? { bootstrap: false, stage: '', stageInfo: '', stageStartedAt: null, stageUpdatedAt: null } : {};
  const known: Host = { ...host, ...restarts, discoveryAgentVersion: fact.discoveryAgentVersion };
  const moved = setHostStatus(known, rule.to, rule.info(host), entry.at);
  return { host: moved.host, events: [event, ...moved.events] };
}

function progress(snapshot: ClusterSnapshot, host: Host, { stage, info }: FactOf<'hostProgress'>, entry: Entry): HostChange {
  const decision = decideProgress(snapshot, host.id, { stage, info });
  if (decision === 'stage') return applyStage(host, stage, info, entry.seq, entry.at);
  if (decision !== 'info') return { host, events: [] };
  return { host: applyStageInfo(host, info, entry.at), events: [hostEvent(host, 'host_stage_reached', { host: effectiveHostname(host), stage, info }, entry)] };
}

function installFailed(host: Host, { reason }: FactOf<'hostInstallFailed'>, entry: Entry): HostChange {
  const rule = findHostUserRule('installFailed', host);
  return rule === undefined ? { host, events: [] } : setHostStatus(host, rule.to, reason === '' ? rule.info : `${rule.info}: ${reason}`, entry.at);
}

function reportOperator(snapshot: ClusterSnapshot, { name, status, statusInfo }: FactOf<'operatorReported'>, entry: Entry): Change {
  const operator = snapshot.operators.find((candidate) => candidate.name === name);
  if (operator === undefined) return { snapshot, events: [] };
  const operators = snapshot.operators.map((candidate) => (candidate === operator ? { ...operator, status, statusInfo, statusUpdatedAt: entry.at } : candidate));
  const event = name === 'cvo'
    ? clusterEvent(snapshot, 'cvo_status', { status, info: statusInfo }, entry)
    : clusterEvent(snapshot, 'operator_status_updated', { operator: name, status, info: statusInfo }, entry);
  return { snapshot: { ...snapshot, operators }, events: [event] };
}

function complete(snapshot: ClusterSnapshot, { isSuccess, errorInfo }: FactOf<'completionReported'>, entry: Entry): Change {
  if (decideCompletion(snapshot, isSuccess) !== 'fail') return { snapshot, events: [] };
  const moved = setClusterStatus(snapshot, 'error', errorInfo === '' ? 'The controller reported that the installation failed' : errorInfo, entry.at);
  return { snapshot: moved.snapshot, events: [clusterEvent(snapshot, 'install_failed', { name: snapshot.cluster.name, reason: errorInfo }, entry), ...moved.events] };
}

function leaseVips(snapshot: ClusterSnapshot, { kind: _kind, ...vips }: FactOf<'vipsLeased'>, entry: Entry): Change {
  if (decideLeasedVips(snapshot, vips) !== 'store') return { snapshot, events: [] };
  const { cluster } = snapshot;
  const moved = cluster.apiVip !== vips.apiVip || cluster.ingressVip !== vips.ingressVip;
  return { snapshot: { ...snapshot, cluster: { ...cluster, ...vips } }, events: moved ? [clusterEvent(snapshot, 'vips_updated', vips, entry)] : [] };
}

function completeKubeconfig(snapshot: ClusterSnapshot, entry: Entry): Change {
  const { cluster } = snapshot;
  if (cluster.kubeconfigUploaded || (cluster.status !== 'finalizing' && cluster.status !== 'installed')) return { snapshot, events: [] };
  return { snapshot: { ...snapshot, cluster: { ...cluster, kubeconfigUploaded: true } }, events: [clusterEvent(snapshot, 'ingress_cert_uploaded', {}, entry)] };
}

/** An event about a host that changes nothing. */
function note(snapshot: ClusterSnapshot, hostId: string, draft: (host: Host) => EventDraft[]): Change {
  return changeHost(snapshot, hostId, (host) => ({ host, events: draft(host) }));
}

const appliers: { [K in FactKind]: Apply<K> } = {
  hostRegistered: (snapshot, fact, entry) => changeHost(snapshot, fact.hostId, (host) => register(host, fact, entry)),
  hostProgress: (snapshot, fact, entry) => changeHost(snapshot, fact.hostId, (host) => progress(snapshot, host, fact, entry)),
  hostInstallFailed: (snapshot, fact, entry) => changeHost(snapshot, fact.hostId, (host) => installFailed(host, fact, entry)),
  hostDiskSlow: (snapshot, fact, entry) => note(snapshot, fact.hostId, (host) =>
    [hostEvent(host, 'host_disk_slow', { host: effectiveHostname(host), path: fact.path, speedMs: fact.speedMs, thresholdMs: fact.thresholdMs }, entry)]),
  hostImageStatus: (snapshot, fact, entry) => note(snapshot, fact.hostId, (host) => {
    const { name, result, timeSeconds, sizeBytes, downloadRate } = fact;
    return [hostEvent(host, 'host_image_status', { host: effectiveHostname(host), image: name, result, timeSeconds, sizeBytes, downloadRate }, entry)];
  }),
  operatorReported: reportOperator,
  completionReported: complete,
  vipsLeased: leaseVips,
  kubeconfigUploaded: (snapshot, _fact, entry) => completeKubeconfig(snapshot, entry),
  hostLogsProgress: (snapshot, fact, { at }) => changeHost(snapshot, fact.hostId, (host) => ({ host: applyHostLogs(host, fact, at), events: [] })),
  controllerLogsProgress: (snapshot, fact, { at }) => ({ snapshot: { ...snapshot, cluster: applyControllerLogs(snapshot.cluster, fact, at) }, events: [] }),
};

/**
 * Applies one entry of the facts log. Entries are accepted on a projection of the state, so one that the state does not
 * allow any more (a user cancelled meanwhile) leaves everything as it is.
 */
export function applyFact(snapshot: ClusterSnapshot, { seq, at, fact }: LoggedFact, _settings: DomainSettings): Change {
  const apply = appliers[fact.kind] as Apply<FactKind>;
  const { snapshot: changed, events } = apply(snapshot, fact, { seq, at });
  const activeAt = at > changed.cluster.activeAt ? at : changed.cluster.activeAt;
  return { snapshot: activeAt === changed.cluster.activeAt ? changed : { ...changed, cluster: { ...changed.cluster, activeAt } }, events };
}
