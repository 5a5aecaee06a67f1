import { z } from '@hono/zod-openapi';
import { getInstallConfig } from '../../../../services/clusters/install-config';
import { defineOperation } from '../../../operation';
import { jsonReply } from '../../../reply';
import { clusterParams } from '../../../schemas/params';
import { userReads } from '../../../security';

export const getClusterInstallConfigOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/install-config',
  operationId: 'GetClusterInstallConfig',
  summary: 'Shows the install-config that an installation would get now.',
  tags: ['installer'],
  security: [userReads],
  request: { params: clusterParams },
  answer: { status: 200, schema: z.string() },
  errors: [404],
  async handle({ params }, { deps, actor, requestId }) {
    return jsonReply(await getInstallConfig(deps.services, actor, params.cluster_id, requestId));
  },
});
