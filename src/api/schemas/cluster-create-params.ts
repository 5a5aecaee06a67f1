import { z } from '@hono/zod-openapi';
import { operatorCreateParamsSchema } from './monitored-operator';
import { addressText, cidrText } from './wire';

/** Defaults are told here and filled in by the registration's own rules, which must know what the user left out. */
export const clusterCreateParamsSchema = z
  .object({
    name: z.string().min(1).max(54),
    high_availability_mode: z.enum(['Full', 'None']).optional().openapi({ default: 'Full' }),
    openshift_version: z.string(),
    ocp_release_image: z.string().optional(),
    base_dns_domain: z.string().optional(),
    cluster_network_cidr: cidrText().optional().openapi({ default: '10.128.0.0/14' }),
    cluster_network_host_prefix: z.number().int().min(1).max(128).optional().openapi({ default: 23 }),
    service_network_cidr: cidrText().optional().openapi({ default: '172.30.0.0/16' }),
    ingress_vip: addressText().optional(),
    pull_secret: z.string(),
    ssh_public_key: z.string().optional(),
    vip_dhcp_allocation: z.boolean().nullish().openapi({ default: true }),
    http_proxy: z.string().nullish(),
    https_proxy: z.string().nullish(),
    no_proxy: z.string().nullish(),
    user_managed_networking: z.boolean().nullish().openapi({ default: false }),
    additional_ntp_source: z.string().nullish(),
    olm_operators: z.array(operatorCreateParamsSchema).optional(),
    hyperthreading: z.enum(['masters', 'workers', 'none', 'all']).optional().openapi({ default: 'all' }),
  })
  .openapi('cluster-create-params');
export type ClusterCreateParams = z.infer<typeof clusterCreateParamsSchema>;
