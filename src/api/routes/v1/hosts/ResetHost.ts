import { resetHost } from '../../../../services/hosts/reset-host';
import { defineOperation } from '../../../operation';
import { presentHost } from '../../../presenters/host';
import { jsonReply } from '../../../reply';
import { hostSchema } from '../../../schemas/host';
import { hostParams } from '../../../schemas/params';
import { userWrites } from '../../../security';
import { userActionOf } from '../user-action';

export const resetHostOperation = defineOperation({
  method: 'post',
  path: '/clusters/{cluster_id}/hosts/{host_id}/actions/reset',
  operationId: 'ResetHost',
  summary: 'Takes a host of a running cluster back to where it was before its installation.',
  tags: ['installer'],
  security: [userWrites],
  request: { params: hostParams },
  answer: { status: 200, schema: hostSchema },
  errors: [404, 409],
  async handle({ params }, context) {
    const { view, userName } = await resetHost(context.deps.services, userActionOf(context), params.cluster_id, params.host_id);
    return jsonReply(presentHost(view, userName, 'named'));
  },
});
