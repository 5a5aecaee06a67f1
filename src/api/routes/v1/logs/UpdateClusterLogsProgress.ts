import { defineOperation } from '../../../operation';
import { emptyReply } from '../../../reply';
import { logsProgressParamsSchema } from '../../../schemas/logs-params';
import { clusterParams } from '../../../schemas/params';
import { agents } from '../../../security';

export const updateClusterLogsProgressOperation = defineOperation({
  method: 'put',
  path: '/clusters/{cluster_id}/logs_progress',
  operationId: 'UpdateClusterLogsProgress',
  summary: 'Tells how far the collection of the controller\'s logs is.',
  tags: ['installer'],
  security: [agents],
  request: { params: clusterParams, body: logsProgressParamsSchema },
  answer: { status: 204 },
  errors: [404, 409, 503],
  async handle({ params, body }, { deps }) {
    await deps.agents.reportLogsProgress(params.cluster_id, { type: 'controller' }, body.logs_state);
    return emptyReply(204);
  },
});
