import { downloadImage } from '../../../../services/clusters/download-image';
import { imageCapability } from '../../../../services/clusters/image-urls';
import { defineOperation } from '../../../operation';
import { clusterParams } from '../../../schemas/params';
import { signedUrls, userReads } from '../../../security';
import { downloadRequestOf } from '../download-request';
import { imageReply } from '../image-reply';

export const downloadClusterIsoHeadersOperation = defineOperation({
  method: 'head',
  path: '/clusters/{cluster_id}/downloads/image',
  operationId: 'DownloadClusterISOHeaders',
  summary: 'Tells size and version of the discovery image.',
  tags: ['installer'],
  security: [userReads, signedUrls],
  request: { params: clusterParams },
  answer: { status: 200, schema: 'headers' },
  errors: [400, 404, 409],
  signedFile: () => imageCapability,
  timeLimitSeconds: null,
  async handle({ params }, context) {
    return imageReply(context, await downloadImage(context.deps.services, downloadRequestOf(context, params.cluster_id)));
  },
});
