import { registerAddHostsCluster } from '../../../../services/clusters/register-add-hosts-cluster';
import { defineOperation } from '../../../operation';
import { presentCluster } from '../../../presenters/cluster';
import { jsonReply } from '../../../reply';
import { addHostsClusterCreateParamsSchema } from '../../../schemas/add-hosts-cluster-create-params';
import { clusterSchema } from '../../../schemas/cluster';
import { userWrites } from '../../../security';
import { userActionOf } from '../user-action';

export const registerAddHostsClusterOperation = defineOperation({
  method: 'post',
  path: '/add_hosts_clusters',
  operationId: 'RegisterAddHostsCluster',
  summary: 'Registers a cluster that runs already, to have hosts added to it.',
  tags: ['installer'],
  security: [userWrites],
  request: { body: addHostsClusterCreateParamsSchema },
  answer: { status: 201, schema: clusterSchema },
  errors: [400],
  async handle({ body }, context) {
    const view = await registerAddHostsCluster(context.deps.services, userActionOf(context), {
      clusterId: body.id,
      name: body.name,
      apiVipDnsName: body.api_vip_dnsname,
      openshiftVersion: body.openshift_version,
    });
    return jsonReply(presentCluster(view, 'stored'), 201);
  },
});
