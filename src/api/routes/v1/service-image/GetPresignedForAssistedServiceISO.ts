import { linkServiceImage } from '../../../../services/service-image/link-service-image';
import { defineOperation } from '../../../operation';
import { jsonReply } from '../../../reply';
import { presignedSchema } from '../../../schemas/presigned';
import { userReads } from '../../../security';
import { userOf } from '../user-action';

export const getPresignedServiceImageOperation = defineOperation({
  method: 'get',
  path: '/assisted-service-iso/presigned',
  operationId: 'GetPresignedForAssistedServiceISO',
  summary: 'Gives the address in the file storage of the image that was made for a machine that is to run the service.',
  tags: ['assisted-service-iso'],
  security: [userReads],
  answer: { status: 200, schema: presignedSchema },
  errors: [404],
  async handle(_input, { deps, actor, requestId }) {
    return jsonReply({ url: await linkServiceImage(deps.services, userOf(actor), requestId) });
  },
});
