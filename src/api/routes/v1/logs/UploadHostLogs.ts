import { defineOperation } from '../../../operation';
import { emptyReply } from '../../../reply';
import { maxLogsBytes } from '../../../schemas/logs-params';
import { agentVersionHeader, hostParams } from '../../../schemas/params';
import { agents } from '../../../security';

export const uploadHostLogsOperation = defineOperation({
  method: 'post',
  path: '/clusters/{cluster_id}/hosts/{host_id}/logs',
  operationId: 'UploadHostLogs',
  summary: 'Takes an archive of a host\'s logs.',
  tags: ['installer'],
  security: [agents],
  request: { params: hostParams, headers: agentVersionHeader },
  upload: { name: 'upfile', maxBytes: maxLogsBytes, documentsLimit: false },
  answer: { status: 204 },
  errors: [404, 503],
  timeLimitSeconds: null,
  async handle({ params }, { deps, openUpload }) {
    await deps.agents.storeLogs(params.cluster_id, { type: 'host', hostId: params.host_id }, openUpload);
    return emptyReply(204);
  },
});
