import type { z } from '@hono/zod-openapi';
import { presignFile, type PresignedFile } from '../../../../services/clusters/presign-file';
import { Invalid } from '../../../../services/errors';
import { selectLogs } from '../../../../services/logs/logs-selection';
import { parseManifestName } from '../../../../services/manifests/manifest-address';
import { defineOperation } from '../../../operation';
import { jsonReply } from '../../../reply';
import { clusterParams } from '../../../schemas/params';
import { presignedQuery, presignedSchema } from '../../../schemas/presigned';
import { userReads } from '../../../security';

export const getPresignedForClusterFilesOperation = defineOperation({
  method: 'get',
  path: '/clusters/{cluster_id}/downloads/files-presigned',
  operationId: 'GetPresignedForClusterFiles',
  summary: 'Gives an address from which a file can be downloaded without a credential for ten minutes.',
  tags: ['installer'],
  security: [userReads],
  request: { params: clusterParams, query: presignedQuery },
  answer: { status: 200, schema: presignedSchema },
  errors: [400, 404, 409],
  async handle({ params, query }, { deps, actor, requestId }) {
    const url = await presignFile(deps.services, { actor, clusterId: params.cluster_id, requestId }, toFile(query));
    return jsonReply({ url });
  },
});

function toFile({ file_name, logs_type, host_id, additional_name }: z.output<typeof presignedQuery>): PresignedFile {
  if (file_name === 'logs') return { kind: 'logs', selection: selectLogs(logs_type, host_id) };
  if (file_name !== 'manifests') return { kind: 'file', name: file_name };
  const name = parseManifestName(additional_name ?? '');
  if (!name) throw new Invalid('additional_name must name the manifest as <folder>/<file>, where the folder is manifests or openshift.');
  return { kind: 'manifest', name };
}
