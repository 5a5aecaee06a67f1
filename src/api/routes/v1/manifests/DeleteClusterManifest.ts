import { deleteManifest } from '../../../../services/manifests/delete-manifest';
import { defineOperation } from '../../../operation';
import { emptyReply } from '../../../reply';
import { manifestQuery } from '../../../schemas/manifest';
import { clusterParams } from '../../../schemas/params';
import { userWrites } from '../../../security';

export const deleteClusterManifestOperation = defineOperation({
  method: 'delete',
  path: '/clusters/{cluster_id}/manifests',
  operationId: 'DeleteClusterManifest',
  summary: 'Takes a manifest away from those that a cluster is installed with.',
  tags: ['manifests'],
  security: [userWrites],
  request: { params: clusterParams, query: manifestQuery },
  answer: { status: 200 },
  errors: [404, 409],
  async handle({ params, query }, { deps }) {
    await deleteManifest(deps.services, params.cluster_id, { folder: query.folder ?? 'manifests', fileName: query.file_name });
    return emptyReply(200);
  },
});
