import { z } from '@hono/zod-openapi';
import { resetHostValidation } from '../../../../services/hosts/reset-host-validation';
import { defineOperation } from '../../../operation';
import { presentHost } from '../../../presenters/host';
import { jsonReply } from '../../../reply';
import { hostSchema } from '../../../schemas/host';
import { hostParams } from '../../../schemas/params';
import { userWrites } from '../../../security';
import { userActionOf } from '../user-action';

export const resetHostValidationOperation = defineOperation({
  method: 'patch',
  path: '/clusters/{cluster_id}/hosts/{host_id}/actions/reset-validation/{validation_id}',
  operationId: 'ResetHostValidation',
  summary: 'Has the measurements behind a validation of a host taken again.',
  tags: ['installer'],
  security: [userWrites],
  request: { params: hostParams.extend({ validation_id: z.string() }) },
  answer: { status: 200, schema: hostSchema },
  errors: [400, 404, 409],
  async handle({ params }, context) {
    const { view, userName } = await resetHostValidation(context.deps.services, userActionOf(context), params.cluster_id, params.host_id, params.validation_id);
    return jsonReply(presentHost(view, userName, 'stored'));
  },
});
