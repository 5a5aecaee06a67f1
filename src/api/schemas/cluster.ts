import { z } from '@hono/zod-openapi';
import { clusterKinds } from '../../domain/cluster/model';
import { clusterStatuses } from '../../domain/cluster/status';
import { logsStateSchema } from './enums';
import { hostSchema, type WireHost } from './host';
import { imageInfoSchema } from './image-info';
import { monitoredOperatorSchema } from './monitored-operator';
import { addressText, cidrText, dateTime, integer, uuid } from './wire';

export const hostNetworkSchema = z.object({ cidr: z.string().optional(), host_ids: z.array(uuid()).optional() }).openapi('host_network');

export const clusterSchema = z
  .object({
    kind: z.enum(clusterKinds),
    high_availability_mode: z.enum(['Full', 'None']).optional().openapi({ default: 'Full' }),
    id: uuid(),
    href: z.string(),
    name: z.string().optional(),
    user_name: z.string().optional(),
    org_id: z.string().optional(),
    email_domain: z.string().optional(),
    openshift_version: z.string().optional(),
    ocp_release_image: z.string().optional(),
    openshift_cluster_id: uuid().optional(),
    image_info: imageInfoSchema,
    base_dns_domain: z.string().optional(),
    cluster_network_cidr: cidrText().optional(),
    cluster_network_host_prefix: z.number().int().min(1).max(128).optional(),
    service_network_cidr: cidrText().optional(),
    api_vip: addressText().optional(),
    api_vip_dns_name: z.string().nullish(),
    machine_network_cidr: cidrText().optional(),
    ingress_vip: addressText().optional(),
    ssh_public_key: z.string().optional(),
    http_proxy: z.string().optional(),
    https_proxy: z.string().optional(),
    no_proxy: z.string().optional(),
    status: z.enum(clusterStatuses),
    status_info: z.string(),
    status_updated_at: dateTime().optional(),
    hosts: z.array(hostSchema).optional(),
    ready_host_count: integer().optional().openapi({ format: 'int64' }),
    enabled_host_count: integer().optional().openapi({ format: 'int64' }),
    total_host_count: integer().optional().openapi({ format: 'int64' }),
    updated_at: dateTime().optional(),
    created_at: dateTime().optional(),
    install_started_at: dateTime().optional(),
    install_completed_at: dateTime().optional(),
    host_networks: z.array(hostNetworkSchema).optional(),
    pull_secret_set: z.boolean().optional(),
    vip_dhcp_allocation: z.boolean().nullish(),
    validations_info: z.string().optional(),
    logs_info: logsStateSchema.optional(),
    install_config_overrides: z.string().optional(),
    ignition_config_overrides: z.string().optional(),
    controller_logs_collected_at: dateTime().optional(),
    controller_logs_started_at: dateTime().optional(),
    connectivity_majority_groups: z.string().optional(),
    deleted_at: dateTime().nullish(),
    user_managed_networking: z.boolean().nullish(),
    additional_ntp_source: z.string().optional(),
    monitored_operators: z.array(monitoredOperatorSchema).optional(),
    ams_subscription_id: uuid().optional(),
    hyperthreading: z.enum(['masters', 'workers', 'all', 'none']).optional(),
    feature_usage: z.string().optional(),
  })
  .openapi('cluster');
export type WireCluster = Omit<z.infer<typeof clusterSchema>, 'hosts'> & { hosts: WireHost[] };

export const clusterListSchema = z.array(clusterSchema).openapi('cluster-list');
