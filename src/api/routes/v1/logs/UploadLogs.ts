import { selectLogs } from '../../../../services/logs/logs-selection';
import { defineOperation } from '../../../operation';
import { emptyReply } from '../../../reply';
import { logsUploadQuery, maxLogsBytes } from '../../../schemas/logs-params';
import { clusterParams } from '../../../schemas/params';
import { agents } from '../../../security';

export const uploadLogsOperation = defineOperation({
  method: 'post',
  path: '/clusters/{cluster_id}/logs',
  operationId: 'UploadLogs',
  summary: 'Takes an archive of logs, of a host or of the controller.',
  tags: ['installer'],
  security: [agents],
  request: { params: clusterParams, query: logsUploadQuery },
  upload: { name: 'upfile', maxBytes: maxLogsBytes, documentsLimit: true },
  answer: { status: 204 },
  errors: [400, 404, 503],
  timeLimitSeconds: null,
  async handle({ params, query }, { deps, openUpload }) {
    const source = selectLogs(query.logs_type, query.host_id);
    if (source.type !== 'all') await deps.agents.storeLogs(params.cluster_id, source, openUpload);
    return emptyReply(204);
  },
});
