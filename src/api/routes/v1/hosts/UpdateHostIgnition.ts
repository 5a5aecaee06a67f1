import { updateHostIgnition } from '../../../../services/hosts/host-ignition';
import { defineOperation } from '../../../operation';
import { emptyReply } from '../../../reply';
import { hostIgnitionParamsSchema } from '../../../schemas/ignition-params';
import { hostParams } from '../../../schemas/params';
import { userWrites } from '../../../security';
import { userActionOf } from '../user-action';

export const updateHostIgnitionOperation = defineOperation({
  method: 'patch',
  path: '/clusters/{cluster_id}/hosts/{host_id}/ignition',
  operationId: 'UpdateHostIgnition',
  summary: 'Sets what is laid over the ignition that a host is installed with.',
  tags: ['installer'],
  security: [userWrites],
  request: { params: hostParams, body: hostIgnitionParamsSchema },
  answer: { status: 201 },
  errors: [400, 404],
  async handle({ params, body }, context) {
    await updateHostIgnition(context.deps.services, userActionOf(context), params.cluster_id, params.host_id, body.config ?? '');
    return emptyReply(201);
  },
});
