import { downloadFile } from '../../../../services/clusters/download-file';
import { downloadReply } from '../../../download-reply';
import { defineOperation } from '../../../operation';
import { clusterParams } from '../../../schemas/params';
import { signedUrls, userReads } from '../../../security';
import { downloadRequestOf } from '../download-request';

export const downloadClusterKubeconfigOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/downloads/kubeconfig',
  operationId: 'DownloadClusterKubeconfig',
  summary: 'Downloads the kubeconfig of a cluster.',
  tags: ['installer'],
  security: [userReads, signedUrls],
  request: { params: clusterParams },
  answer: { status: 200, schema: 'file' },
  errors: [404, 409],
  signedFile: () => 'kubeconfig',
  timeLimitSeconds: null,
  async handle({ params }, context) {
    return downloadReply(await downloadFile(context.deps.services, downloadRequestOf(context, params.cluster_id), 'kubeconfig'));
  },
});
