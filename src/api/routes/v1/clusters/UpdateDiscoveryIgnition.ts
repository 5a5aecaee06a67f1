import { updateDiscoveryIgnition } from '../../../../services/clusters/discovery-ignition';
import { defineOperation } from '../../../operation';
import { emptyReply } from '../../../reply';
import { discoveryIgnitionParamsSchema } from '../../../schemas/ignition-params';
import { clusterParams } from '../../../schemas/params';
import { userWrites } from '../../../security';
import { userActionOf } from '../user-action';

export const updateDiscoveryIgnitionOperation = defineOperation({
  method: 'patch',
  path: '/clusters/{cluster_id}/discovery-ignition',
  operationId: 'UpdateDiscoveryIgnition',
  summary: 'Sets what is laid over the ignition of the discovery image.',
  tags: ['installer'],
  security: [userWrites],
  request: { params: clusterParams, body: discoveryIgnitionParamsSchema },
  answer: { status: 201 },
  errors: [400, 404],
  async handle({ params, body }, context) {
    await updateDiscoveryIgnition(context.deps.services, userActionOf(context), params.cluster_id, body.config ?? '');
    return emptyReply(201);
  },
});
