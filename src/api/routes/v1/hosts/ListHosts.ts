import { listHosts } from '../../../../services/hosts/list-hosts';
import { defineOperation } from '../../../operation';
import { presentHost } from '../../../presenters/host';
import { jsonReply } from '../../../reply';
import { hostListSchema } from '../../../schemas/host';
import { agentVersionHeader, clusterParams } from '../../../schemas/params';
import { agents, userReads } from '../../../security';

export const listHostsOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/hosts',
  operationId: 'ListHosts',
  summary: 'Lists the hosts of a cluster.',
  tags: ['installer'],
  security: [userReads, agents],
  request: { params: clusterParams, headers: agentVersionHeader },
  answer: { status: 200, schema: hostListSchema },
  errors: [404, 503],
  async handle({ params }, { deps }) {
    const { userName, hosts } = await listHosts(deps.services, params.cluster_id);
    return jsonReply(hosts.map((host) => presentHost(host, userName, 'full')));
  },
});
