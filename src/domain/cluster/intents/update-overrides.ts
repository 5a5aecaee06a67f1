import { draftEvent } from '../../events/draft-event';
import { effectiveHostname } from '../../host/effective-hostname';
import { findIgnitionProblem } from '../../ignition/find-ignition-problem';
import { isRefusal, type Refusal } from '../../refusal';
import type { Change } from '../evaluation';
import type { UpdateDiscoveryIgnitionIntent, UpdateHostIgnitionIntent, UpdateInstallConfigIntent } from '../intents';
import type { ClusterSnapshot, InfraEnv } from '../model';
import { findNamedHost } from '../named-host';
import { replaceHost } from '../replace-host';
import type { IntentChange } from './intent-change';

/** Sets what the user lays over the install-config; that it fits was found by making one. */
export function updateInstallConfig(snapshot: ClusterSnapshot, { overrides }: UpdateInstallConfigIntent, now: Date): Change {
  const { cluster } = snapshot;
  const event = draftEvent('install_config_applied', {}, { clusterId: cluster.id, cause: now.getTime(), at: now });
  return { snapshot: { ...snapshot, cluster: { ...cluster, installConfigOverrides: overrides } }, events: [event] };
}

/** Sets what the user lays over the discovery ignition. An image that exists, or is being built, is outdated then and goes. */
export function updateDiscoveryIgnition(snapshot: ClusterSnapshot, { config }: UpdateDiscoveryIgnitionIntent, now: Date): IntentChange | Refusal {
  const problem = findIgnitionProblem(config);
  if (problem !== undefined) return { type: 'Invalid', reason: problem };
  const { infraEnv, cluster } = snapshot;
  const outdated = infraEnv.imageGenerated || infraEnv.imageHash !== '';
  const changed: InfraEnv = { ...infraEnv, ignitionConfigOverrides: config, imageGenerated: false, imageHash: '', imageSizeBytes: 0 };
  const event = draftEvent('discovery_ignition_applied', {}, { clusterId: cluster.id, cause: now.getTime(), at: now });
  return { snapshot: { ...snapshot, infraEnv: changed }, events: [event], ...(outdated && { removeImage: true }) };
}

/** Sets what the user lays over the ignition a host is installed with. NotFound, Invalid. */
export function updateHostIgnition(snapshot: ClusterSnapshot, { hostId, config }: UpdateHostIgnitionIntent, now: Date): Change | Refusal {
  const problem = findIgnitionProblem(config);
  if (problem !== undefined) return { type: 'Invalid', reason: problem };
  const host = findNamedHost(snapshot, hostId);
  if (isRefusal(host)) return host;
  const event = draftEvent('host_ignition_applied', { host: effectiveHostname(host) }, { clusterId: host.clusterId, hostId, cause: now.getTime(), at: now });
  return { snapshot: replaceHost(snapshot, { ...host, ignitionConfigOverrides: config }), events: [event] };
}
