import { resetCluster } from '../../../../services/clusters/reset-cluster';
import { defineOperation } from '../../../operation';
import { presentCluster } from '../../../presenters/cluster';
import { jsonReply } from '../../../reply';
import { clusterSchema } from '../../../schemas/cluster';
import { clusterParams } from '../../../schemas/params';
import { userWrites } from '../../../security';
import { userActionOf } from '../user-action';

export const resetClusterOperation = defineOperation({
  method: 'post',
  path: '/clusters/{cluster_id}/actions/reset',
  operationId: 'ResetCluster',
  summary: 'Takes a cluster back to where it was before its installation.',
  tags: ['installer'],
  security: [userWrites],
  request: { params: clusterParams },
  answer: { status: 202, schema: clusterSchema },
  errors: [404, 409],
  async handle({ params }, context) {
    const view = await resetCluster(context.deps.services, userActionOf(context), params.cluster_id);
    return jsonReply(presentCluster(view, 'named'), 202);
  },
});
