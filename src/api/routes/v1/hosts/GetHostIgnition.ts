import { getHostIgnition } from '../../../../services/hosts/host-ignition';
import { defineOperation } from '../../../operation';
import { jsonReply } from '../../../reply';
import { hostIgnitionParamsSchema } from '../../../schemas/ignition-params';
import { hostParams } from '../../../schemas/params';
import { userWrites } from '../../../security';

export const getHostIgnitionOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/hosts/{host_id}/ignition',
  operationId: 'GetHostIgnition',
  summary: 'Shows the ignition that a host is installed with.',
  tags: ['installer'],
  security: [userWrites],
  request: { params: hostParams },
  answer: { status: 200, schema: hostIgnitionParamsSchema },
  errors: [404, 409],
  async handle({ params }, { deps, actor, requestId }) {
    return jsonReply({ config: await getHostIgnition(deps.services, { actor, clusterId: params.cluster_id, requestId }, params.host_id) });
  },
});
