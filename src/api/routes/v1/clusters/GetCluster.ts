import { z } from '@hono/zod-openapi';
import { getCluster } from '../../../../services/clusters/get-cluster';
import { defineOperation } from '../../../operation';
import { presentCluster } from '../../../presenters/cluster';
import { jsonReply } from '../../../reply';
import { clusterSchema } from '../../../schemas/cluster';
import { booleanHeader, clusterParams } from '../../../schemas/params';
import { agents, userReads } from '../../../security';

export const getClusterOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}',
  operationId: 'GetCluster',
  summary: 'Shows a cluster with its hosts.',
  tags: ['installer'],
  security: [userReads, agents],
  request: {
    params: clusterParams,
    headers: z.object({ discovery_agent_version: z.string().optional(), get_unregistered_clusters: booleanHeader() }),
  },
  answer: { status: 200, schema: clusterSchema },
  errors: [404, 503],
  async handle({ params, headers }, { deps, actor }) {
    const view = await getCluster(deps.services, actor, params.cluster_id, { deregisteredToo: headers.get_unregistered_clusters ?? false });
    return jsonReply(presentCluster(view, 'full'));
  },
});
