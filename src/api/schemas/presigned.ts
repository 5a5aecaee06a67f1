import { z } from '@hono/zod-openapi';
import { logsDownloadQuery } from './logs-params';

export const presignedSchema = z.object({ url: z.string() }).openapi('presigned');

export const presignedQuery = logsDownloadQuery.extend({
  file_name: z.enum([
    'bootstrap.ign', 'master.ign', 'metadata.json', 'worker.ign', 'kubeadmin-password', 'kubeconfig', 'kubeconfig-noingress', 'install-config.yaml', 'logs', 'manifests',
  ]),
  additional_name: z.string().optional(),
});
