import { z } from '@hono/zod-openapi';
import { diskRoleSchema, hostRoleUpdateSchema } from './enums';
import { operatorCreateParamsSchema } from './monitored-operator';
import { addressOrEmptyText, cidrText, uuid } from './wire';

export const diskConfigParamsSchema = z.object({ id: z.string(), role: diskRoleSchema.optional() }).openapi('disk-config-params');

export const clusterUpdateParamsSchema = z
  .object({
    name: z.string().min(1).max(54).nullish(),
    base_dns_domain: z.string().nullish(),
    cluster_network_cidr: cidrText().nullish(),
    cluster_network_host_prefix: z.number().int().min(1).max(128).nullish(),
    service_network_cidr: cidrText().nullish(),
    api_vip: addressOrEmptyText().nullish(),
    ingress_vip: addressOrEmptyText().nullish(),
    api_vip_dns_name: z.string().nullish(),
    machine_network_cidr: cidrText().nullish(),
    pull_secret: z.string().nullish(),
    ssh_public_key: z.string().nullish(),
    vip_dhcp_allocation: z.boolean().nullish(),
    http_proxy: z.string().nullish(),
    https_proxy: z.string().nullish(),
    no_proxy: z.string().nullish(),
    hosts_roles: z.array(z.object({ id: uuid().optional(), role: hostRoleUpdateSchema.optional() })).nullish(),
    hosts_names: z.array(z.object({ id: uuid().optional(), hostname: z.string().optional() })).nullish(),
    disks_selected_config: z.array(z.object({ id: uuid().optional(), disks_config: z.array(diskConfigParamsSchema).optional() })).nullish(),
    hosts_machine_config_pool_names: z.array(z.object({ id: uuid().optional(), machine_config_pool_name: z.string().optional() })).nullish(),
    user_managed_networking: z.boolean().nullish(),
    additional_ntp_source: z.string().nullish(),
    olm_operators: z.array(operatorCreateParamsSchema).optional(),
    hyperthreading: z.enum(['masters', 'workers', 'all', 'none']).nullish(),
  })
  .openapi('cluster-update-params');
export type ClusterUpdateParams = z.infer<typeof clusterUpdateParamsSchema>;
