import { draftEvent } from '../events/draft-event';
import type { EventDraft } from '../events/draft';
import { findValidationFlips, parseValidations } from '../events/validation-flips';
import type { DomainSettings } from '../settings';
import { createValidationContext } from '../validations/context';
import { evaluateClusterValidations } from '../validations/evaluate-cluster';
import type { ValidationsInfo } from '../validations/result';
import type { Connectivity } from './connectivity';
import { enabledHosts } from './enabled-hosts';
import type { Change } from './evaluation';
import type { Cluster, ClusterSnapshot } from './model';
import { setClusterStatus } from './set-cluster-status';
import type { ClusterStatus } from './status';
import { findClusterRefreshRule, type ClusterRefreshContext } from './transitions';

const validated: readonly ClusterStatus[] = ['insufficient', 'ready', 'pending-for-input', 'preparing-for-installation'];

function flipEvents(cluster: Cluster, validations: ValidationsInfo, at: Date): EventDraft[] {
  const flips = findValidationFlips(parseValidations(cluster.validationsInfo), validations);
  const draft = (name: 'cluster_validation_failed' | 'cluster_validation_fixed') => ({ id, message }: { id: string; message: string }) =>
    draftEvent(name, { validation: id, message }, { clusterId: cluster.id, cause: `${id}:${at.getTime()}`, at });
  return [...flips.failed.map(draft('cluster_validation_failed')), ...flips.fixed.map(draft('cluster_validation_fixed'))];
}

function storeValidations(snapshot: ClusterSnapshot, validations: ValidationsInfo, at: Date): Change {
  if (Object.keys(validations).length === 0) return { snapshot, events: [] };
  const validationsInfo = JSON.stringify(validations);
  if (validationsInfo === snapshot.cluster.validationsInfo) return { snapshot, events: [] };
  return { snapshot: { ...snapshot, cluster: { ...snapshot.cluster, validationsInfo } }, events: flipEvents(snapshot.cluster, validations, at) };
}

/** One step of the cluster itself: its validations are stored and the first applicable rule fires. Returns the same snapshot when nothing changes. */
export function refreshClusterStatus(snapshot: ClusterSnapshot, now: Date, settings: DomainSettings, connectivity: Connectivity): Change {
  const validations = validated.includes(snapshot.cluster.status) ? evaluateClusterValidations(createValidationContext(snapshot, now, settings, connectivity)) : {};
  const stored = storeValidations(snapshot, validations, now);
  const context: ClusterRefreshContext = { snapshot, cluster: snapshot.cluster, hosts: enabledHosts(snapshot), now, settings, validations };
  const rule = findClusterRefreshRule(context);
  if (rule === undefined) return stored;
  const effect = rule.effect?.(context) ?? {};
  const affected = Object.keys(effect).length === 0 ? stored.snapshot : { ...stored.snapshot, cluster: { ...stored.snapshot.cluster, ...effect } };
  const status = rule.to === 'same' ? snapshot.cluster.status : rule.to;
  const moved = setClusterStatus(affected, status, rule.info?.(context) ?? affected.cluster.statusInfo, now);
  return { snapshot: moved.snapshot, events: [...stored.events, ...(rule.events?.(context) ?? []), ...moved.events] };
}
