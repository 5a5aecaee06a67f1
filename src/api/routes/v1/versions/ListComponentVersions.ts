import { defineOperation } from '../../../operation';
import { jsonReply } from '../../../reply';
import { listVersionsSchema } from '../../../schemas/versions';
import { userReads } from '../../../security';

export const listComponentVersionsOperation = defineOperation({
  method: 'get',
  path: '/component_versions',
  operationId: 'ListComponentVersions',
  summary: 'Lists the images the service works with.',
  tags: ['versions'],
  security: [userReads],
  answer: { status: 200, schema: listVersionsSchema },
  errors: [],
  async handle(_input, { deps }) {
    const { releaseTag, versions } = deps.services.componentVersions;
    return jsonReply({ release_tag: releaseTag, versions });
  },
});
