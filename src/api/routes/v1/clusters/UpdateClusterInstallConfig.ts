import { z } from '@hono/zod-openapi';
import { updateInstallConfig } from '../../../../services/clusters/install-config';
import { defineOperation } from '../../../operation';
import { emptyReply } from '../../../reply';
import { clusterParams } from '../../../schemas/params';
import { userWrites } from '../../../security';
import { userActionOf } from '../user-action';

export const updateClusterInstallConfigOperation = defineOperation({
  method: 'patch',
  path: '/clusters/{cluster_id}/install-config',
  operationId: 'UpdateClusterInstallConfig',
  summary: 'Sets what is laid over the install-config.',
  tags: ['installer'],
  security: [userWrites],
  request: { params: clusterParams, body: z.string() },
  answer: { status: 201 },
  errors: [400, 404],
  async handle({ params, body }, context) {
    await updateInstallConfig(context.deps.services, userActionOf(context), params.cluster_id, body);
    return emptyReply(201);
  },
});
