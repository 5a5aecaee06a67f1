import { defineOperation } from '../../../operation';
import { emptyReply } from '../../../reply';
import { logsProgressParamsSchema } from '../../../schemas/logs-params';
import { hostParams } from '../../../schemas/params';
import { agents } from '../../../security';

export const updateHostLogsProgressOperation = defineOperation({
  method: 'put',
  path: '/clusters/{cluster_id}/hosts/{host_id}/logs_progress',
  operationId: 'UpdateHostLogsProgress',
  summary: 'Tells how far the collection of a host\'s logs is.',
  tags: ['installer'],
  security: [agents],
  request: { params: hostParams, body: logsProgressParamsSchema },
  answer: { status: 204 },
  errors: [404, 409, 503],
  async handle({ params, body }, { deps }) {
    await deps.agents.reportLogsProgress(params.cluster_id, { type: 'host', hostId: params.host_id }, body.logs_state);
    return emptyReply(204);
  },
});
