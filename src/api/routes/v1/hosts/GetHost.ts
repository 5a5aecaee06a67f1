import { getHost } from '../../../../services/hosts/get-host';
import { defineOperation } from '../../../operation';
import { presentHost } from '../../../presenters/host';
import { jsonReply } from '../../../reply';
import { hostSchema } from '../../../schemas/host';
import { hostParams } from '../../../schemas/params';
import { userReads } from '../../../security';

export const getHostOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/hosts/{host_id}',
  operationId: 'GetHost',
  summary: 'Shows a host.',
  tags: ['installer'],
  security: [userReads],
  request: { params: hostParams },
  answer: { status: 200, schema: hostSchema },
  errors: [404],
  async handle({ params }, { deps }) {
    const { view, userName } = await getHost(deps.services, params.cluster_id, params.host_id);
    return jsonReply(presentHost(view, userName, 'full'));
  },
});
