import { updateHostInstallerArgs } from '../../../../services/hosts/update-host-installer-args';
import { defineOperation } from '../../../operation';
import { presentHost } from '../../../presenters/host';
import { jsonReply } from '../../../reply';
import { hostSchema } from '../../../schemas/host';
import { installerArgsParamsSchema } from '../../../schemas/host-params';
import { hostParams } from '../../../schemas/params';
import { userWrites } from '../../../security';
import { userActionOf } from '../user-action';

export const updateHostInstallerArgsOperation = defineOperation({
  method: 'patch',
  path: '/clusters/{cluster_id}/hosts/{host_id}/installer-args',
  operationId: 'UpdateHostInstallerArgs',
  summary: 'Sets the arguments of the disk installer of a host.',
  tags: ['installer'],
  security: [userWrites],
  request: { params: hostParams, body: installerArgsParamsSchema },
  answer: { status: 201, schema: hostSchema },
  errors: [400, 404, 409],
  async handle({ params, body }, context) {
    const { view, userName } = await updateHostInstallerArgs(context.deps.services, userActionOf(context), params.cluster_id, params.host_id, body.args ?? []);
    return jsonReply(presentHost(view, userName, 'stored'), 201);
  },
});
