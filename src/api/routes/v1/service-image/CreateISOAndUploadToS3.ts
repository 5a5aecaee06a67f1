import { createServiceImage } from '../../../../services/service-image/create-service-image';
import { defineOperation } from '../../../operation';
import { emptyReply } from '../../../reply';
import { serviceImageCreateParamsSchema } from '../../../schemas/service-image';
import { userWrites } from '../../../security';
import { userOf } from '../user-action';

export const createServiceImageOperation = defineOperation({
  method: 'post',
  path: '/assisted-service-iso',
  operationId: 'CreateISOAndUploadToS3',
  summary: 'Makes the image of a machine that is to run the service, and answers when it can be downloaded.',
  tags: ['assisted-service-iso'],
  security: [userWrites],
  request: { body: serviceImageCreateParamsSchema },
  answer: { status: 201 },
  errors: [400],
  timeLimitSeconds: 420,
  async handle({ body }, { deps, actor }) {
    const { openshift_version: openshiftVersion = '', ssh_public_key: sshPublicKey = '', pull_secret: pullSecret = '' } = body;
    await createServiceImage(deps.services, userOf(actor), { openshiftVersion, sshPublicKey, pullSecret });
    return emptyReply(201);
  },
});
