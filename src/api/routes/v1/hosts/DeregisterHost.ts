import { deregisterHost } from '../../../../services/hosts/deregister-host';
import { defineOperation } from '../../../operation';
import { emptyReply } from '../../../reply';
import { hostParams } from '../../../schemas/params';
import { userWrites } from '../../../security';
import { userActionOf } from '../user-action';

export const deregisterHostOperation = defineOperation({
  method: 'delete',
  path: '/clusters/{cluster_id}/hosts/{host_id}',
  operationId: 'DeregisterHost',
  summary: 'Takes a host out of its cluster.',
  tags: ['installer'],
  security: [userWrites],
  request: { params: hostParams },
  answer: { status: 204 },
  errors: [400, 404],
  async handle({ params }, context) {
    await deregisterHost(context.deps.services, userActionOf(context), params.cluster_id, params.host_id);
    return emptyReply(204);
  },
});
