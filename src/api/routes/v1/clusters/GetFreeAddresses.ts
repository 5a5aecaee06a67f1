import { z } from '@hono/zod-openapi';
import { getFreeAddresses } from '../../../../services/clusters/get-free-addresses';
import { defineOperation } from '../../../operation';
import { jsonReply } from '../../../reply';
import { freeAddressesListSchema } from '../../../schemas/free-addresses';
import { clusterParams, integerQuery } from '../../../schemas/params';
import { userReads } from '../../../security';

export const getFreeAddressesOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/free_addresses',
  operationId: 'GetFreeAddresses',
  summary: 'Lists the addresses of a network that all hosts found free.',
  tags: ['installer'],
  security: [userReads],
  request: {
    params: clusterParams,
    query: z.object({
      network: z.string().regex(/^([0-9]{1,3}\.){3}[0-9]{1,3}\/[0-9]|[1-2][0-9]|3[0-2]?$/),
      limit: integerQuery({ minimum: 1, maximum: 8000, defaultValue: 8000 }),
      prefix: z.string().optional(),
    }),
  },
  answer: { status: 200, schema: freeAddressesListSchema },
  errors: [404],
  async handle({ params, query: { network, limit, prefix = '' } }, { deps }) {
    return jsonReply(await getFreeAddresses(deps.services, params.cluster_id, network, { limit, prefix }));
  },
});
