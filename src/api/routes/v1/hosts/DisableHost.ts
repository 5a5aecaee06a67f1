import { disableHost } from '../../../../services/hosts/disable-host';
import { defineOperation } from '../../../operation';
import { presentCluster } from '../../../presenters/cluster';
import { jsonReply } from '../../../reply';
import { clusterSchema } from '../../../schemas/cluster';
import { hostParams } from '../../../schemas/params';
import { userWrites } from '../../../security';
import { userActionOf } from '../user-action';

export const disableHostOperation = defineOperation({
  method: 'delete',
  path: '/clusters/{cluster_id}/hosts/{host_id}/actions/enable',
  operationId: 'DisableHost',
  summary: 'Takes a host out of everything its cluster does.',
  tags: ['installer'],
  security: [userWrites],
  request: { params: hostParams },
  answer: { status: 200, schema: clusterSchema },
  errors: [404, 409],
  async handle({ params }, context) {
    const view = await disableHost(context.deps.services, userActionOf(context), params.cluster_id, params.host_id);
    return jsonReply(presentCluster(view, 'full'));
  },
});
