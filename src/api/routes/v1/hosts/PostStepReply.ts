import { Invalid } from '../../../../services/errors';
import { defineOperation } from '../../../operation';
import { emptyReply } from '../../../reply';
import { stepReplySchema } from '../../../schemas/host-params';
import { agentVersionHeader, hostParams } from '../../../schemas/params';
import { agents } from '../../../security';

export const postStepReplyOperation = defineOperation({
  method: 'post',
  path: '/clusters/{cluster_id}/hosts/{host_id}/instructions',
  operationId: 'PostStepReply',
  summary: 'Takes the result of a step that an agent was told to do.',
  tags: ['installer'],
  security: [agents],
  request: { params: hostParams, headers: agentVersionHeader, body: stepReplySchema },
  bodyOptional: true,
  answer: { status: 204 },
  errors: [400, 404, 503],
  logLevel: 'debug',
  async handle({ params, body }, { deps }) {
    if (!body?.step_type) throw new Invalid('The reply does not say which step it is of.');
    await deps.agents.reportStep(params.cluster_id, params.host_id, {
      stepType: body.step_type,
      stepId: body.step_id ?? '',
      exitCode: body.exit_code ?? 0,
      output: body.output ?? '',
      error: body.error ?? '',
    });
    return emptyReply(204);
  },
});
