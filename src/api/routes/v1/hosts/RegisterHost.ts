import { defineOperation } from '../../../operation';
import { presentHost } from '../../../presenters/host';
import { jsonReply } from '../../../reply';
import { hostRegistrationResponseSchema } from '../../../schemas/host';
import { hostCreateParamsSchema } from '../../../schemas/host-params';
import { agentVersionHeader, clusterParams } from '../../../schemas/params';
import { agents } from '../../../security';

export const registerHostOperation = defineOperation({
  method: 'post',
  path: '/clusters/{cluster_id}/hosts',
  operationId: 'RegisterHost',
  summary: 'Registers a server of a cluster, or registers it again.',
  tags: ['installer'],
  security: [agents],
  request: { params: clusterParams, headers: agentVersionHeader, body: hostCreateParamsSchema },
  answer: { status: 201, schema: hostRegistrationResponseSchema },
  errors: [400, 404, 409, 503],
  async handle({ params, headers, body }, { deps }) {
    const discoveryAgentVersion = body.discovery_agent_version ?? headers.discovery_agent_version ?? '';
    const { view, userName, command } = await deps.agents.registerHost(params.cluster_id, { hostId: body.host_id, discoveryAgentVersion });
    const runner = { command: command.command, args: command.args, retry_seconds: command.retrySeconds };
    return jsonReply({ ...presentHost(view, userName, 'named'), next_step_runner_command: runner }, 201);
  },
});
