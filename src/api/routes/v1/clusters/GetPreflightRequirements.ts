import { getPreflightRequirements } from '../../../../services/clusters/get-preflight-requirements';
import { defineOperation } from '../../../operation';
import { presentPreflight } from '../../../presenters/hardware-requirements';
import { jsonReply } from '../../../reply';
import { preflightRequirementsSchema } from '../../../schemas/hardware-requirements';
import { clusterParams } from '../../../schemas/params';
import { userReads } from '../../../security';

export const getPreflightRequirementsOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/preflight-requirements',
  operationId: 'GetPreflightRequirements',
  summary: 'Shows what hosts of a cluster will have to have, operators included, before any is known.',
  tags: ['installer'],
  security: [userReads],
  request: { params: clusterParams },
  answer: { status: 200, schema: preflightRequirementsSchema },
  errors: [404],
  async handle({ params }, { deps }) {
    return jsonReply(presentPreflight(await getPreflightRequirements(deps.services, params.cluster_id)));
  },
});
