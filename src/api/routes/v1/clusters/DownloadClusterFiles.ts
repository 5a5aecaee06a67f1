import { z } from '@hono/zod-openapi';
import { downloadFile } from '../../../../services/clusters/download-file';
import { clusterFiles } from '../../../../services/clusters/download-rules';
import { downloadReply } from '../../../download-reply';
import { defineOperation } from '../../../operation';
import { agentVersionHeader, clusterParams } from '../../../schemas/params';
import { agents, signedUrls, userReads } from '../../../security';
import { downloadRequestOf } from '../download-request';

export const downloadClusterFilesOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/downloads/files',
  operationId: 'DownloadClusterFiles',
  summary: 'Downloads a file of the installation.',
  tags: ['installer'],
  security: [userReads, agents, signedUrls],
  request: { params: clusterParams, query: z.object({ file_name: z.enum(clusterFiles) }), headers: agentVersionHeader },
  answer: { status: 200, schema: 'file' },
  errors: [404, 409, 503],
  signedFile: (query) => query('file_name'),
  timeLimitSeconds: null,
  async handle({ params, query }, context) {
    return downloadReply(await downloadFile(context.deps.services, downloadRequestOf(context, params.cluster_id), query.file_name));
  },
});
