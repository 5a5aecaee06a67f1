import { cancelInstallation } from '../../../../services/clusters/cancel-installation';
import { defineOperation } from '../../../operation';
import { presentCluster } from '../../../presenters/cluster';
import { jsonReply } from '../../../reply';
import { clusterSchema } from '../../../schemas/cluster';
import { clusterParams } from '../../../schemas/params';
import { userWrites } from '../../../security';
import { userActionOf } from '../user-action';

export const cancelInstallationOperation = defineOperation({
  method: 'post',
  path: '/clusters/{cluster_id}/actions/cancel',
  operationId: 'CancelInstallation',
  summary: 'Cancels the installation of a cluster.',
  tags: ['installer'],
  security: [userWrites],
  request: { params: clusterParams },
  answer: { status: 202, schema: clusterSchema },
  errors: [404, 409],
  async handle({ params }, context) {
    const view = await cancelInstallation(context.deps.services, userActionOf(context), params.cluster_id);
    return jsonReply(presentCluster(view, 'named'), 202);
  },
});
