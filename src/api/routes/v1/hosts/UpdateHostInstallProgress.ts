import { defineOperation } from '../../../operation';
import { emptyReply } from '../../../reply';
import { hostProgressSchema } from '../../../schemas/host-params';
import { agentVersionHeader, hostParams } from '../../../schemas/params';
import { agents } from '../../../security';

export const updateHostInstallProgressOperation = defineOperation({
  method: 'put',
  path: '/clusters/{cluster_id}/hosts/{host_id}/progress',
  operationId: 'UpdateHostInstallProgress',
  summary: 'Tells how far the installation of a host is.',
  tags: ['installer'],
  security: [agents],
  request: { params: hostParams, headers: agentVersionHeader, body: hostProgressSchema },
  answer: { status: 200 },
  errors: [404, 409, 503],
  async handle({ params, body }, { deps }) {
    await deps.agents.reportProgress(params.cluster_id, params.host_id, { stage: body.current_stage, info: body.progress_info ?? '' });
    return emptyReply(200);
  },
});
