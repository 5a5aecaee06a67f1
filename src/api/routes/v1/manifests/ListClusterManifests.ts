import { listManifests } from '../../../../services/manifests/list-manifests';
import { defineOperation } from '../../../operation';
import { jsonReply } from '../../../reply';
import { listManifestsSchema } from '../../../schemas/manifest';
import { clusterParams } from '../../../schemas/params';
import { anyUser } from '../../../security';

export const listClusterManifestsOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/manifests',
  operationId: 'ListClusterManifests',
  summary: 'Lists the manifests that a cluster is installed with beside its own.',
  tags: ['manifests'],
  security: [anyUser],
  request: { params: clusterParams },
  answer: { status: 200, schema: listManifestsSchema },
  errors: [404, 409],
  async handle({ params }, { deps }) {
    const manifests = await listManifests(deps.services, params.cluster_id);
    return jsonReply(manifests.map(({ folder, fileName }) => ({ folder, file_name: fileName })));
  },
});
