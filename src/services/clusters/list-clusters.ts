import type { UserActor } from '../../auth/actor';
import { listClusterRows } from '../../db/list-clusters';
import type { ServiceDeps } from '../deps';
import { toListedView, type ClusterView } from './cluster-view';
import { assertMaySeeDeregistered } from './get-cluster';

export interface ListFilter {
  openshiftClusterId?: string | undefined;
  amsSubscriptionIds?: string[] | undefined;
  deregisteredToo: boolean;
}

/** Clusters without their hosts: a user's own and those his organisation shares, all for administrators. */
export async function listClusters(deps: ServiceDeps, actor: UserActor, filter: ListFilter): Promise<ClusterView[]> {
  if (filter.deregisteredToo) assertMaySeeDeregistered(actor);
  const rows = await listClusterRows(deps.db, {
    ...(actor.role === 'user' && { visibleTo: { userName: actor.userName, orgId: deps.orgTenancy ? actor.orgId : '' } }),
    ...(filter.openshiftClusterId !== undefined && { openshiftClusterId: filter.openshiftClusterId }),
    ...(filter.amsSubscriptionIds !== undefined && { amsSubscriptionIds: filter.amsSubscriptionIds }),
    includeDeleted: filter.deregisteredToo,
  });
  return Promise.all(rows.map(async (row) => toListedView(row, await deps.imageLinks.linkTo(row.row.id, row.infraEnvRow))));
}
