import { getCredentials } from '../../../../services/clusters/get-credentials';
import { defineOperation } from '../../../operation';
import { jsonReply } from '../../../reply';
import { credentialsSchema } from '../../../schemas/credentials';
import { clusterParams } from '../../../schemas/params';
import { userReads } from '../../../security';

export const getCredentialsOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/credentials',
  operationId: 'GetCredentials',
  summary: 'Shows how to log in to an installed cluster.',
  tags: ['installer'],
  security: [userReads],
  request: { params: clusterParams },
  answer: { status: 200, schema: credentialsSchema },
  errors: [404, 409],
  async handle({ params }, { deps, actor, requestId }) {
    const { userName, password, consoleUrl } = await getCredentials(deps.services, actor, params.cluster_id, requestId);
    return jsonReply({ username: userName, password, console_url: consoleUrl });
  },
});
