import type { HostView } from '../clusters/cluster-view';
import type { ServiceDeps } from '../deps';
import { NotFound } from '../errors';
import { listHosts } from './list-hosts';

/** One host of a cluster. Throws NotFound. */
export async function getHost(deps: Pick<ServiceDeps, 'db'>, clusterId: string, hostId: string): Promise<{ userName: string; view: HostView }> {
  const { userName, hosts } = await listHosts(deps, clusterId);
  const view = hosts.find(({ host }) => host.id === hostId);
  if (!view) throw new NotFound(`Host ${hostId} of cluster ${clusterId} was not found.`);
  return { userName, view };
}
