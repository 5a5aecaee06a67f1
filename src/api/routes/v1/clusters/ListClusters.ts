import { z } from '@hono/zod-openapi';
import { listClusters } from '../../../../services/clusters/list-clusters';
import { defineOperation } from '../../../operation';
import { presentCluster } from '../../../presenters/cluster';
import { jsonReply } from '../../../reply';
import { clusterListSchema } from '../../../schemas/cluster';
import { booleanHeader, listQuery } from '../../../schemas/params';
import { uuid } from '../../../schemas/wire';
import { userReads } from '../../../security';
import { userOf } from '../user-action';

export const listClustersOperation = defineOperation({
  method: 'get',
  path: '/clusters',
  operationId: 'ListClusters',
  summary: 'Lists clusters: those of the user, or all for administrators.',
  tags: ['installer'],
  security: [userReads],
  request: {
    query: z.object({ openshift_cluster_id: uuid().optional(), ams_subscription_ids: listQuery() }),
    headers: z.object({ get_unregistered_clusters: booleanHeader() }),
  },
  answer: { status: 200, schema: clusterListSchema },
  errors: [503],
  async handle({ query, headers }, { deps, actor }) {
    const views = await listClusters(deps.services, userOf(actor), {
      openshiftClusterId: query.openshift_cluster_id,
      amsSubscriptionIds: query.ams_subscription_ids,
      deregisteredToo: headers.get_unregistered_clusters ?? false,
    });
    return jsonReply(views.map((view) => presentCluster(view, 'stored')));
  },
});
