import { enableHost } from '../../../../services/hosts/enable-host';
import { defineOperation } from '../../../operation';
import { presentCluster } from '../../../presenters/cluster';
import { jsonReply } from '../../../reply';
import { clusterSchema } from '../../../schemas/cluster';
import { hostParams } from '../../../schemas/params';
import { userWrites } from '../../../security';
import { userActionOf } from '../user-action';

export const enableHostOperation = defineOperation({
  method: 'post',
  path: '/clusters/{cluster_id}/hosts/{host_id}/actions/enable',
  operationId: 'EnableHost',
  summary: 'Lets a disabled host take part again.',
  tags: ['installer'],
  security: [userWrites],
  request: { params: hostParams },
  answer: { status: 200, schema: clusterSchema },
  errors: [404, 409],
  async handle({ params }, context) {
    const view = await enableHost(context.deps.services, userActionOf(context), params.cluster_id, params.host_id);
    return jsonReply(presentCluster(view, 'full'));
  },
});
