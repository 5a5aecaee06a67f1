import type { Actor } from '../../auth/actor';
import type { ServiceDeps } from '../deps';
import { recordDownload } from '../events/record-download';
import { changeCluster } from './change-cluster';
import { loadWithSecret } from './load-with-secret';
import type { UserAction } from './user-action';

/** install-config.yaml as an installation would get it now. Throws NotFound. */
export async function getInstallConfig(deps: ServiceDeps, actor: Actor, clusterId: string, requestId: string): Promise<string> {
  const { snapshot, pullSecret } = await loadWithSecret(deps, clusterId);
  const text = deps.previews.installConfig(snapshot, pullSecret);
  await recordDownload(deps, actor, clusterId, 'the install-config', requestId);
  return text;
}

/** Sets what is laid over the install-config (JSON; empty takes it away). Throws NotFound, and Invalid when it does not fit. */
export async function updateInstallConfig(deps: ServiceDeps, action: UserAction, clusterId: string, overrides: string): Promise<void> {
  const { snapshot, pullSecret } = await loadWithSecret(deps, clusterId);
  deps.previews.installConfig({ ...snapshot, cluster: { ...snapshot.cluster, installConfigOverrides: overrides } }, pullSecret);
  await changeCluster(deps, action, clusterId, { operation: 'updateInstallConfig', overrides });
}
