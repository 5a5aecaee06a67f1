import { loadCluster } from '../../../../services/clusters/load-cluster';
import { defineOperation } from '../../../operation';
import { presentCluster } from '../../../presenters/cluster';
import { jsonReply } from '../../../reply';
import { clusterSchema } from '../../../schemas/cluster';
import { completionParamsSchema } from '../../../schemas/controller-params';
import { agentVersionHeader, clusterParams } from '../../../schemas/params';
import { agents } from '../../../security';

export const completeInstallationOperation = defineOperation({
  method: 'post',
  path: '/clusters/{cluster_id}/actions/complete_installation',
  operationId: 'CompleteInstallation',
  summary: 'Tells how the installation ended, as the controller sees it.',
  tags: ['installer'],
  security: [agents],
  request: { params: clusterParams, headers: agentVersionHeader, body: completionParamsSchema },
  answer: { status: 202, schema: clusterSchema },
  errors: [404, 409, 503],
  async handle({ params, body }, { deps }) {
    await deps.agents.completeInstallation(params.cluster_id, { isSuccess: body.is_success, errorInfo: body.error_info ?? '' });
    return jsonReply(presentCluster(await loadCluster(deps.services, params.cluster_id), 'stored'), 202);
  },
});
