import { defineOperation } from '../../../operation';
import { jsonReply } from '../../../reply';
import { listManagedDomainsSchema } from '../../../schemas/managed-domain';
import { userReads } from '../../../security';

export const listManagedDomainsOperation = defineOperation({
  method: 'get',
  path: '/domains',
  operationId: 'ListManagedDomains',
  summary: 'Lists the base domains whose DNS records are managed.',
  tags: ['managed_domains'],
  security: [userReads],
  answer: { status: 200, schema: listManagedDomainsSchema },
  errors: [],
  async handle(_input, { deps }) {
    return jsonReply(deps.services.managedDomains.map(({ domain, provider }) => ({ domain, provider })));
  },
});
