import type { UpdateClusterIntent } from '../../domain/cluster/intents';
import { mayUpdate } from '../../domain/cluster/intents/update-cluster';
import { checkClusterName } from '../../domain/input/cluster-name';
import { checkSshPublicKey } from '../../domain/input/ssh-public-key';
import type { ServiceDeps } from '../deps';
import { Invalid } from '../errors';
import { guardCluster } from '../guard';
import { checkManagedDomain } from '../domains/check-managed-domain';
import { changeCluster } from './change-cluster';
import { assertPullSecret } from './check-pull-secret';
import type { ClusterView } from './cluster-view';
import { loadLiveSnapshot } from './load-live-snapshot';
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
  if (deps.managedDomains.length > 0) await checkNames(deps, clusterId, fields);
  const body: UpdateClusterIntent = { operation: 'updateCluster', ...fields, ...(pullSecret !== undefined && { pullSecretSet: pullSecret !== '' }) };
  return changeCluster(deps, action, clusterId, body, pullSecret ? deps.secretBox.seal(pullSecret) : undefined);
}

/** The names that the cluster would have, where its state lets them change at all. */
async function checkNames(deps: ServiceDeps, clusterId: string, { name, baseDnsDomain }: Pick<ClusterUpdateInput, 'name' | 'baseDnsDomain'>): Promise<void> {
  const { cluster } = await loadLiveSnapshot(deps, clusterId);
  if (cluster.kind === 'Cluster' && mayUpdate(cluster.status)) await checkManagedDomain(deps, name ?? cluster.name, baseDnsDomain ?? cluster.baseDnsDomain);
}

function assertNone(violation: string | undefined): void {
  if (violation !== undefined) throw new Invalid(violation);
}
