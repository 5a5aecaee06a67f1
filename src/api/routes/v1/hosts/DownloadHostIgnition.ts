import { downloadHostIgnition } from '../../../../services/hosts/download-ignition';
import { downloadReply } from '../../../download-reply';
import { defineOperation } from '../../../operation';
import { hostParams } from '../../../schemas/params';
import { agents, userReads } from '../../../security';
import { downloadRequestOf } from '../download-request';

export const downloadHostIgnitionOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/hosts/{host_id}/downloads/ignition',
  operationId: 'DownloadHostIgnition',
  summary: 'Downloads the ignition that a host is installed with.',
  tags: ['installer'],
  security: [userReads, agents],
  request: { params: hostParams },
  answer: { status: 200, schema: 'file' },
  errors: [404, 409, 503],
  timeLimitSeconds: null,
  async handle({ params }, context) {
    return downloadReply(await downloadHostIgnition(context.deps.services, downloadRequestOf(context, params.cluster_id), params.host_id));
  },
});
