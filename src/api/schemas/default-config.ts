import { z } from '@hono/zod-openapi';
import { integer } from './wire';

const ipv4Cidr = /^((25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\.){3}(25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)[/]([1-9]|[1-2][0-9]|3[0-2]?)$/;

export const clusterDefaultConfigSchema = z
  .object({
    cluster_network_cidr: z.string().regex(ipv4Cidr).optional(),
    cluster_network_host_prefix: integer().min(1).max(32).optional(),
    inactive_deletion_hours: integer().optional(),
    service_network_cidr: z.string().regex(ipv4Cidr).optional(),
    ntp_source: z.string().optional(),
  })
  .openapi('cluster_default_config');
export type WireClusterDefaultConfig = z.infer<typeof clusterDefaultConfigSchema>;
