import { z } from '@hono/zod-openapi';
import { hostKinds } from '../../domain/host/model';
import { hostStatuses } from '../../domain/host/status';
import { hostRoleSchema, hostStageSchema, logsStateSchema } from './enums';
import { dateTime, integer, uuid } from './wire';

export const hostProgressInfoSchema = z
  .object({
    current_stage: hostStageSchema,
    progress_info: z.string().optional(),
    stage_started_at: dateTime().optional(),
    stage_updated_at: dateTime().optional(),
  })
  .openapi('host-progress-info');

export const hostSchema = z
  .object({
    kind: z.enum(hostKinds),
    id: uuid(),
    href: z.string(),
    cluster_id: uuid().optional(),
    status: z.enum(hostStatuses),
    status_info: z.string(),
    validations_info: z.string().optional(),
    logs_info: logsStateSchema.optional(),
    status_updated_at: dateTime().optional(),
    progress: hostProgressInfoSchema.optional(),
    stage_started_at: dateTime().optional(),
    stage_updated_at: dateTime().optional(),
    progress_stages: z.array(hostStageSchema).optional(),
    connectivity: z.string().optional(),
    api_vip_connectivity: z.string().optional(),
    inventory: z.string().optional(),
    free_addresses: z.string().optional(),
    ntp_sources: z.string().optional(),
    disks_info: z.string().optional(),
    role: hostRoleSchema.optional(),
    bootstrap: z.boolean().optional(),
    logs_collected_at: z.string().openapi({ format: 'datetime' }).optional(),
    logs_started_at: z.string().openapi({ format: 'datetime' }).optional(),
    installer_version: z.string().optional(),
    installation_disk_path: z.string().optional(),
    installation_disk_id: z.string().optional(),
    updated_at: dateTime().optional(),
    created_at: dateTime().optional(),
    checked_in_at: dateTime().optional(),
    discovery_agent_version: z.string().optional(),
    requested_hostname: z.string().optional(),
    user_name: z.string().optional(),
    deleted_at: dateTime().nullish(),
    ignition_config_overrides: z.string().optional(),
    installer_args: z.string().optional(),
    machine_config_pool_name: z.string().optional(),
    images_status: z.string().optional(),
  })
  .openapi('host');

export const hostListSchema = z.array(hostSchema).openapi('host-list');

/** A host in an answer. */
export type WireHost = z.infer<typeof hostSchema>;

export const hostRegistrationResponseSchema = z
  .intersection(
    hostSchema,
    z.object({
      next_step_runner_command: z
        .object({ command: z.string().optional(), args: z.array(z.string()).optional(), retry_seconds: integer().optional() })
        .optional(),
    }),
  )
  .openapi('host_registration_response');
