import { createManifest } from '../../../../services/manifests/create-manifest';
import { defineOperation } from '../../../operation';
import { jsonReply } from '../../../reply';
import { createManifestParamsSchema, manifestSchema } from '../../../schemas/manifest';
import { clusterParams } from '../../../schemas/params';
import { anyUser } from '../../../security';

export const createClusterManifestOperation = defineOperation({
  method: 'post',
  path: '/clusters/{cluster_id}/manifests',
  operationId: 'CreateClusterManifest',
  summary: 'Adds a manifest to those that a cluster is installed with, or replaces it.',
  tags: ['manifests'],
  security: [anyUser],
  request: { params: clusterParams, body: createManifestParamsSchema },
  answer: { status: 201, schema: manifestSchema },
  errors: [400, 404, 409],
  async handle({ params, body }, { deps }) {
    const { folder = 'manifests', file_name, content } = body;
    await createManifest(deps.services, params.cluster_id, { folder, fileName: file_name }, content);
    return jsonReply({ folder, file_name }, 201);
  },
});
