import { downloadImage } from '../../../../services/clusters/download-image';
import { imageCapability } from '../../../../services/clusters/image-urls';
import { defineOperation } from '../../../operation';
import { clusterParams } from '../../../schemas/params';
import { signedUrls, userReads } from '../../../security';
import { downloadRequestOf } from '../download-request';
import { imageReply } from '../image-reply';

export const downloadClusterIsoOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/downloads/image',
  operationId: 'DownloadClusterISO',
  summary: 'Downloads the discovery image, or a part of it.',
  tags: ['installer'],
  security: [userReads, signedUrls],
  request: { params: clusterParams },
  answer: { status: 200, schema: 'file' },
  errors: [400, 404, 409],
  signedFile: () => imageCapability,
  timeLimitSeconds: null,
  async handle({ params }, context) {
    return imageReply(context, await downloadImage(context.deps.services, downloadRequestOf(context, params.cluster_id)));
  },
});
