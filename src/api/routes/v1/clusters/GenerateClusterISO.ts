import { generateImage } from '../../../../services/clusters/generate-image';
import { defineOperation } from '../../../operation';
import { presentCluster } from '../../../presenters/cluster';
import { imageLinkHeader } from '../../../image-link-header';
import { jsonReply } from '../../../reply';
import { toImageRequest } from '../../../requests/image-request';
import { clusterSchema } from '../../../schemas/cluster';
import { imageCreateParamsSchema } from '../../../schemas/image-create-params';
import { clusterParams } from '../../../schemas/params';
import { userWrites } from '../../../security';
import { userActionOf } from '../user-action';

export const generateClusterIsoOperation = defineOperation({
  method: 'post',
  path: '/clusters/{cluster_id}/downloads/image',
  operationId: 'GenerateClusterISO',
  summary: 'Makes the discovery image of a cluster and answers when it can be downloaded.',
  tags: ['installer'],
  security: [userWrites],
  request: { params: clusterParams, body: imageCreateParamsSchema },
  answer: { status: 201, schema: clusterSchema },
  errors: [400, 404, 409],
  timeLimitSeconds: 420,
  async handle({ params, body }, context) {
    const view = await generateImage(context.deps.services, userActionOf(context), params.cluster_id, toImageRequest(body));
    return jsonReply(presentCluster(view, 'full'), 201, imageLinkHeader(context.deps.services.imageLinks.shortLinkTo(params.cluster_id, view.infraEnv)));
  },
});
