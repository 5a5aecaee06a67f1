import type { ChangeIntent } from '../../domain/cluster/intents';
import { changeCluster } from '../clusters/change-cluster';
import type { HostView } from '../clusters/cluster-view';
import type { UserAction } from '../clusters/user-action';
import type { ServiceDeps } from '../deps';
import { NotFound } from '../errors';

export interface ChangedHost {
  /** Owner of the cluster. */
  userName: string;
  view: HostView;
}

/** Has the cluster's workflow apply a change of one host and answers the host as it is then. */
export async function changeHost(deps: ServiceDeps, action: UserAction, clusterId: string, body: Extract<ChangeIntent, { hostId: string }>): Promise<ChangedHost> {
  const { cluster, hosts } = await changeCluster(deps, action, clusterId, body);
  const view = hosts.find(({ host }) => host.id === body.hostId);
  if (!view) throw new NotFound(`Host ${body.hostId} of cluster ${clusterId} was not found.`);
  return { userName: cluster.userName, view };
}
