import { installHost } from '../../../../services/hosts/install-host';
import { defineOperation } from '../../../operation';
import { presentHost } from '../../../presenters/host';
import { jsonReply } from '../../../reply';
import { hostSchema } from '../../../schemas/host';
import { hostParams } from '../../../schemas/params';
import { userWrites } from '../../../security';
import { userActionOf } from '../user-action';

export const installHostOperation = defineOperation({
  method: 'post',
  path: '/clusters/{cluster_id}/hosts/{host_id}/actions/install',
  operationId: 'InstallHost',
  summary: 'Installs a host that is added to a running cluster.',
  tags: ['installer'],
  security: [userWrites],
  request: { params: hostParams },
  answer: { status: 202, schema: hostSchema },
  errors: [404, 409],
  async handle({ params }, context) {
    const { view, userName } = await installHost(context.deps.services, userActionOf(context), params.cluster_id, params.host_id);
    return jsonReply(presentHost(view, userName, 'stored'), 202);
  },
});
