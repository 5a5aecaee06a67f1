import { updateCluster } from '../../../../services/clusters/update-cluster';
import { defineOperation } from '../../../operation';
import { presentCluster } from '../../../presenters/cluster';
import { jsonReply } from '../../../reply';
import { toClusterUpdate } from '../../../requests/cluster-update';
import { clusterSchema } from '../../../schemas/cluster';
import { clusterUpdateParamsSchema } from '../../../schemas/cluster-update-params';
import { clusterParams } from '../../../schemas/params';
import { userWrites } from '../../../security';
import { userActionOf } from '../user-action';

export const updateClusterOperation = defineOperation({
  method: 'patch',
  path: '/clusters/{cluster_id}',
  operationId: 'UpdateCluster',
  summary: 'Changes a cluster that is not being installed.',
  tags: ['installer'],
  security: [userWrites],
  request: { params: clusterParams, body: clusterUpdateParamsSchema },
  answer: { status: 201, schema: clusterSchema },
  errors: [400, 404, 409],
  async handle({ params, body }, context) {
    const view = await updateCluster(context.deps.services, userActionOf(context), params.cluster_id, toClusterUpdate(body));
    return jsonReply(presentCluster(view, 'full'), 201);
  },
});
