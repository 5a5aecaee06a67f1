import { installHosts } from '../../../../services/clusters/install-hosts';
import { defineOperation } from '../../../operation';
import { presentCluster } from '../../../presenters/cluster';
import { jsonReply } from '../../../reply';
import { clusterSchema } from '../../../schemas/cluster';
import { clusterParams } from '../../../schemas/params';
import { userWrites } from '../../../security';
import { userActionOf } from '../user-action';

export const installHostsOperation = defineOperation({
  method: 'post',
  path: '/clusters/{cluster_id}/actions/install_hosts',
  operationId: 'InstallHosts',
  summary: 'Installs all hosts that are ready to be added to a running cluster.',
  tags: ['installer'],
  security: [userWrites],
  request: { params: clusterParams },
  answer: { status: 202, schema: clusterSchema },
  errors: [400, 404, 409],
  async handle({ params }, context) {
    const view = await installHosts(context.deps.services, userActionOf(context), params.cluster_id);
    return jsonReply(presentCluster(view, 'stored'), 202);
  },
});
