import { downloadLogs } from '../../../../services/logs/download-logs';
import { logsCapability } from '../../../../services/logs/logs-selection';
import { downloadReply } from '../../../download-reply';
import { defineOperation } from '../../../operation';
import { hostParams } from '../../../schemas/params';
import { signedUrls, userReads } from '../../../security';
import { downloadRequestOf } from '../download-request';

export const downloadHostLogsOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/hosts/{host_id}/logs',
  operationId: 'DownloadHostLogs',
  summary: 'Downloads the logs of a host.',
  tags: ['installer'],
  security: [userReads, signedUrls],
  request: { params: hostParams },
  answer: { status: 200, schema: 'file' },
  errors: [404, 409],
  signedFile: (_query, param) => logsCapability({ type: 'host', hostId: param('host_id')?.toLowerCase() ?? '' }),
  timeLimitSeconds: null,
  async handle({ params }, context) {
    const request = downloadRequestOf(context, params.cluster_id);
    return downloadReply(await downloadLogs(context.deps.services, params.cluster_id, { type: 'host', hostId: params.host_id }, request));
  },
});
