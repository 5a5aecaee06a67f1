import { downloadServiceImage } from '../../../../services/service-image/download-service-image';
import { downloadReply } from '../../../download-reply';
import { defineOperation } from '../../../operation';
import { userReads } from '../../../security';
import { userOf } from '../user-action';

export const downloadServiceImageOperation = defineOperation({
  method: 'get',
  path: '/assisted-service-iso/data',
  operationId: 'DownloadISO',
  summary: 'Downloads the image that was made for a machine that is to run the service.',
  tags: ['assisted-service-iso'],
  security: [userReads],
  answer: { status: 200, schema: 'file' },
  errors: [404],
  timeLimitSeconds: null,
  async handle(_input, { deps, actor, requestId, method, header }) {
    const request = { headOnly: method === 'HEAD', range: header('range'), ifRange: header('if-range') };
    return downloadReply(await downloadServiceImage(deps.services, userOf(actor), request, requestId));
  },
});
