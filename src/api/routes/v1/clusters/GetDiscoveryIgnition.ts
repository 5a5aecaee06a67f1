import { getDiscoveryIgnition } from '../../../../services/clusters/discovery-ignition';
import { defineOperation } from '../../../operation';
import { jsonReply } from '../../../reply';
import { discoveryIgnitionParamsSchema } from '../../../schemas/ignition-params';
import { clusterParams } from '../../../schemas/params';
import { userReads } from '../../../security';

export const getDiscoveryIgnitionOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/discovery-ignition',
  operationId: 'GetDiscoveryIgnition',
  summary: 'Shows the ignition that the next discovery image gets.',
  tags: ['installer'],
  security: [userReads],
  request: { params: clusterParams },
  answer: { status: 200, schema: discoveryIgnitionParamsSchema },
  errors: [404],
  async handle({ params }, { deps, actor, requestId }) {
    return jsonReply({ config: await getDiscoveryIgnition(deps.services, actor, params.cluster_id, requestId) });
  },
});
