import { getHostRequirements } from '../../../../services/clusters/get-host-requirements';
import { defineOperation } from '../../../operation';
import { presentHostRequirements } from '../../../presenters/hardware-requirements';
import { jsonReply } from '../../../reply';
import { clusterHostRequirementsListSchema } from '../../../schemas/hardware-requirements';
import { clusterParams } from '../../../schemas/params';
import { userReads } from '../../../security';

export const getClusterHostRequirementsOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/host-requirements',
  operationId: 'GetClusterHostRequirements',
  summary: 'Shows what each host of a cluster must have in its role.',
  tags: ['installer'],
  security: [userReads],
  request: { params: clusterParams },
  answer: { status: 200, schema: clusterHostRequirementsListSchema },
  errors: [404],
  async handle({ params }, { deps }) {
    const requirements = await getHostRequirements(deps.services, params.cluster_id);
    return jsonReply(requirements.map(presentHostRequirements));
  },
});
