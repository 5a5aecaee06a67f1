import { deregisterCluster } from '../../../../services/clusters/deregister-cluster';
import { defineOperation } from '../../../operation';
import { emptyReply } from '../../../reply';
import { clusterParams } from '../../../schemas/params';
import { userWrites } from '../../../security';
import { userActionOf } from '../user-action';

export const deregisterClusterOperation = defineOperation({
  method: 'delete',
  path: '/clusters/{cluster_id}',
  operationId: 'DeregisterCluster',
  summary: 'Deregisters a cluster and its hosts.',
  tags: ['installer'],
  security: [userWrites],
  request: { params: clusterParams },
  answer: { status: 204 },
  errors: [404, 409],
  async handle({ params }, context) {
    await deregisterCluster(context.deps.services, userActionOf(context), params.cluster_id);
    return emptyReply(204);
  },
});
