import { downloadLogs } from '../../../../services/logs/download-logs';
import { logsCapability, selectLogs } from '../../../../services/logs/logs-selection';
import { downloadReply } from '../../../download-reply';
import { defineOperation } from '../../../operation';
import { logsDownloadQuery } from '../../../schemas/logs-params';
import { clusterParams } from '../../../schemas/params';
import { signedUrls, userReads } from '../../../security';
import { downloadRequestOf } from '../download-request';

export const downloadClusterLogsOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/logs',
  operationId: 'DownloadClusterLogs',
  summary: 'Downloads the logs of a host, of the controller, or all of them as one archive.',
  tags: ['installer'],
  security: [userReads, signedUrls],
  request: { params: clusterParams, query: logsDownloadQuery },
  answer: { status: 200, schema: 'file' },
  errors: [400, 404, 409],
  signedFile: (query) => {
    const { data } = logsDownloadQuery.safeParse({ logs_type: query('logs_type'), host_id: query('host_id') });
    return data && (data.logs_type !== 'host' || data.host_id !== undefined) ? logsCapability(selectLogs(data.logs_type, data.host_id)) : undefined;
  },
  timeLimitSeconds: null,
  async handle({ params, query }, context) {
    const request = downloadRequestOf(context, params.cluster_id);
    return downloadReply(await downloadLogs(context.deps.services, params.cluster_id, selectLogs(query.logs_type, query.host_id), request));
  },
});
