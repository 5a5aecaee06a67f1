import { downloadManifest } from '../../../../services/manifests/download-manifest';
import { manifestCapability } from '../../../../services/manifests/manifest-address';
import { downloadReply } from '../../../download-reply';
import { defineOperation } from '../../../operation';
import { manifestQuery } from '../../../schemas/manifest';
import { clusterParams } from '../../../schemas/params';
import { anyUser, signedUrls } from '../../../security';
import { downloadRequestOf } from '../download-request';

export const downloadClusterManifestOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/manifests/files',
  operationId: 'DownloadClusterManifest',
  summary: 'Downloads a manifest.',
  tags: ['manifests'],
  security: [anyUser],
  // The addresses that GetPresignedForClusterFiles gives for manifests lead here.
  furtherSecurity: [signedUrls],
  request: { params: clusterParams, query: manifestQuery },
  answer: { status: 200, schema: 'file' },
  errors: [404, 409],
  signedFile: (query) => {
    const { data } = manifestQuery.safeParse({ folder: query('folder'), file_name: query('file_name') });
    return data && manifestCapability({ folder: data.folder ?? 'manifests', fileName: data.file_name });
  },
  timeLimitSeconds: null,
  async handle({ params, query }, context) {
    const name = { folder: query.folder ?? 'manifests', fileName: query.file_name } as const;
    return downloadReply(await downloadManifest(context.deps.services, params.cluster_id, name, downloadRequestOf(context, params.cluster_id)));
  },
});
