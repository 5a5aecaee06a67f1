import { defineOperation } from '../../../operation';
import { jsonTextReply } from '../../../reply';
import { stepsSchema } from '../../../schemas/host-params';
import { agentVersionHeader, hostParams } from '../../../schemas/params';
import { agents } from '../../../security';

export const getNextStepsOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/hosts/{host_id}/instructions',
  operationId: 'GetNextSteps',
  summary: 'Tells an agent what to do next; also its sign of life.',
  tags: ['installer'],
  security: [agents],
  request: { params: hostParams, headers: agentVersionHeader },
  answer: { status: 200, schema: stepsSchema },
  errors: [404, 503],
  logLevel: 'debug',
  async handle({ params }, { deps }) {
    return jsonTextReply(await deps.agents.getNextSteps(params.cluster_id, params.host_id));
  },
});
