import { checkSshPublicKey } from '../../domain/input/ssh-public-key';
import type { HostNetwork } from '../../domain/static-network/host-network';
import { formatStaticNetwork } from '../../domain/static-network/stored-form';
import type { ServiceDeps } from '../deps';
import { Invalid } from '../errors';
import { guardExistingCluster } from '../guard';
import { changeCluster } from './change-cluster';
import { checkStaticNetwork } from './check-static-network';
import type { ClusterView } from './cluster-view';
import type { UserAction } from './user-action';

export interface ImageRequest {
  sshPublicKey: string;
  /** The one of the configuration by default. */
  imageType?: 'full-iso' | 'minimal-iso';
  staticNetwork: HostNetwork[];
}

/** Makes the discovery image of a cluster, or uses the one that is there when nothing differs; returns when it can be downloaded. */
export async function generateImage(deps: ServiceDeps, action: UserAction, clusterId: string, request: ImageRequest): Promise<ClusterView> {
  guardExistingCluster(action.actor, 'write', clusterId, await deps.owners.find(clusterId));
  const sshPublicKey = request.sshPublicKey.trim();
  const violation = sshPublicKey === '' ? undefined : checkSshPublicKey(sshPublicKey);
  if (violation !== undefined) throw new Invalid(violation);
  await checkStaticNetwork(deps, request.staticNetwork);
  const staticNetworkConfig = formatStaticNetwork(request.staticNetwork);
  return changeCluster(deps, action, clusterId, { operation: 'generateImage', sshPublicKey, imageType: request.imageType ?? deps.settings.defaultImageType, staticNetworkConfig });
}
