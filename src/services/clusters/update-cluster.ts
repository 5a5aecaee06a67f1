import type { UpdateClusterIntent } from '../../domain/cluster/intents';
import { checkClusterName } from '../../domain/input/cluster-name';
import { checkSshPublicKey } from '../../domain/input/ssh-public-key';
import type { ServiceDeps } from '../deps';
import { Invalid } from '../errors';
import { guardCluster } from '../guard';
import { changeCluster } from './change-cluster';
import { assertPullSecret } from './check-pull-secret';
import type { ClusterView } from './cluster-view';
import type { UserAction } from './user-action';

/** Only what is to change; an empty pull secret takes the stored one away. */
export type ClusterUpdateInput = Omit<UpdateClusterIntent, 'operation' | 'pullSecretSet'> & { pullSecret?: string };

/**
 * Changes a cluster. What can be told from the request alone is refused first, then an unknown cluster, then what the
 * cluster's own settings and state forbid.
 */
export async function updateCluster(deps: ServiceDeps, action: UserAction, clusterId: string, input: ClusterUpdateInput): Promise<ClusterView> {
  const { pullSecret, ...fields } = input;
  guardCluster(action.actor, 'write', clusterId, await deps.owners.find(clusterId));
  if (pullSecret) await assertPullSecret(deps.pullSecrets, pullSecret, action.actor);
  if (fields.name !== undefined) assertNone(checkClusterName(fields.name));
  if (fields.sshPublicKey) assertNone(checkSshPublicKey(fields.sshPublicKey));
  const body: UpdateClusterIntent = { operation: 'updateCluster', ...fields, ...(pullSecret !== undefined && { pullSecretSet: pullSecret !== '' }) };
  return changeCluster(deps, action, clusterId, body, pullSecret ? deps.secretBox.seal(pullSecret) : undefined);
}

function assertNone(violation: string | undefined): void {
  if (violation !== undefined) throw new Invalid(violation);
}
