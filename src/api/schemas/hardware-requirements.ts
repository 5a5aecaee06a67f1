import { z } from '@hono/zod-openapi';
import { integer, uuid } from './wire';

const figure = () => z.number().nullable().optional().openapi({ format: 'double' });

const requirementsDetailsSchema = z
  .object({
    cpu_cores: integer().optional(),
    ram_mib: integer().optional(),
    disk_size_gb: integer().optional(),
    installation_disk_speed_threshold_ms: integer().optional(),
    network_latency_threshold_ms: figure(),
    packet_loss_percentage: figure(),
  })
  .openapi('cluster-host-requirements-details');
export type WireRequirementsDetails = z.infer<typeof requirementsDetailsSchema>;

const operatorHostRequirementsSchema = z
  .object({ operator_name: z.string().optional(), requirements: requirementsDetailsSchema.optional() })
  .openapi('operator-host-requirements');

const clusterHostRequirementsSchema = z
  .object({
    host_id: uuid().optional(),
    total: requirementsDetailsSchema.optional(),
    ocp: requirementsDetailsSchema.optional(),
    operators: z.array(operatorHostRequirementsSchema).optional(),
  })
  .openapi('cluster-host-requirements');
export type WireClusterHostRequirements = z.infer<typeof clusterHostRequirementsSchema>;

export const clusterHostRequirementsListSchema = z.array(clusterHostRequirementsSchema).openapi('cluster-host-requirements-list');

const hostTypeRequirementsSchema = z
  .object({ quantitative: requirementsDetailsSchema.optional(), qualitative: z.array(z.string()).optional() })
  .openapi('host-type-hardware-requirements');
export type WireHostTypeRequirements = z.infer<typeof hostTypeRequirementsSchema>;

const hostTypeRequirementsWrapperSchema = z
  .object({ worker: hostTypeRequirementsSchema.optional(), master: hostTypeRequirementsSchema.optional() })
  .openapi('host-type-hardware-requirements-wrapper');

const operatorHardwareRequirementsSchema = z
  .object({
    operator_name: z.string().optional(),
    dependencies: z.array(z.string()).optional(),
    requirements: hostTypeRequirementsWrapperSchema.optional(),
  })
  .openapi('operator-hardware-requirements');

export const preflightRequirementsSchema = z
  .object({ operators: z.array(operatorHardwareRequirementsSchema).optional(), ocp: hostTypeRequirementsWrapperSchema.optional() })
  .openapi('preflight-hardware-requirements');
export type WirePreflightRequirements = z.infer<typeof preflightRequirementsSchema>;

const hostRequirementsRoleSchema = z
  .object({
    cpu_cores: integer().optional(),
    ram_gib: integer().optional(),
    disk_size_gb: integer().optional(),
    installation_disk_speed_threshold_ms: integer().optional(),
  })
  .openapi('host-requirements-role');
export type WireHostRequirementsRole = z.infer<typeof hostRequirementsRoleSchema>;

export const hostRequirementsSchema = z
  .object({ master: hostRequirementsRoleSchema.optional(), worker: hostRequirementsRoleSchema.optional() })
  .openapi('host-requirements');
