import { readSnapshot } from '../../db/read-snapshot';
import { toClusterView, type HostView } from '../clusters/cluster-view';
import type { ServiceDeps } from '../deps';
import { NotFound } from '../errors';

/** One host of a cluster; the others are not read. Throws NotFound. */
export async function getHost(deps: Pick<ServiceDeps, 'db'>, clusterId: string, hostId: string): Promise<{ userName: string; view: HostView }> {
  const loaded = await readSnapshot(deps.db, clusterId, { id: hostId });
  const [view] = loaded && loaded.row.deletedAt === null ? toClusterView(loaded, '').hosts : [];
  if (!loaded || !view) throw new NotFound(`Host ${hostId} of cluster ${clusterId} was not found.`);
  return { userName: loaded.row.userName, view };
}
