import type { Actor } from '../../auth/actor';
import type { ServiceDeps } from '../deps';
import { recordDownload } from '../events/record-download';
import { changeCluster } from './change-cluster';
import { loadWithSecret } from './load-with-secret';
import type { UserAction } from './user-action';

/** The ignition that the next discovery image gets, as JSON. Throws NotFound. */
export async function getDiscoveryIgnition(deps: ServiceDeps, actor: Actor, clusterId: string, requestId: string): Promise<string> {
  const { snapshot, pullSecret } = await loadWithSecret(deps, clusterId);
  const config = await deps.previews.discoveryIgnition(snapshot, pullSecret);
  await recordDownload(deps, actor, clusterId, 'the discovery ignition', requestId);
  return config;
}

/** Sets what is laid over the discovery ignition (empty takes it away); the present image goes. Throws NotFound and Invalid. */
export async function updateDiscoveryIgnition(deps: ServiceDeps, action: UserAction, clusterId: string, config: string): Promise<void> {
  const { snapshot, pullSecret } = await loadWithSecret(deps, clusterId);
  await deps.previews.discoveryIgnition({ ...snapshot, infraEnv: { ...snapshot.infraEnv, ignitionConfigOverrides: config } }, pullSecret);
  await changeCluster(deps, action, clusterId, { operation: 'updateDiscoveryIgnition', config });
}
