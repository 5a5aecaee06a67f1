import { registerCluster } from '../../../../services/clusters/register-cluster';
import { defineOperation } from '../../../operation';
import { presentCluster } from '../../../presenters/cluster';
import { jsonReply } from '../../../reply';
import { toRegistration } from '../../../requests/registration';
import { clusterSchema } from '../../../schemas/cluster';
import { clusterCreateParamsSchema } from '../../../schemas/cluster-create-params';
import { userWrites } from '../../../security';
import { userActionOf } from '../user-action';

export const registerClusterOperation = defineOperation({
  method: 'post',
  path: '/clusters',
  operationId: 'RegisterCluster',
  summary: 'Registers a cluster.',
  tags: ['installer'],
  security: [userWrites],
  request: { body: clusterCreateParamsSchema },
  answer: { status: 201, schema: clusterSchema },
  errors: [400],
  async handle({ body }, context) {
    const view = await registerCluster(context.deps.services, userActionOf(context), toRegistration(body));
    return jsonReply(presentCluster(view, 'full'), 201);
  },
});
