import { z } from '@hono/zod-openapi';
import { hostRoles } from '../../domain/host/role';
import { hostStages } from '../../domain/host/stage';
import { stepTypes } from '../../domain/host/step-type';
import { logsStates } from '../../domain/logs-state';

export const logsStateSchema = z.enum(logsStates).openapi('logs_state');
export const imageTypeSchema = z.enum(['full-iso', 'minimal-iso']).openapi('image_type');
export const hostStageSchema = z.enum(hostStages).openapi('host-stage');
export const hostRoleSchema = z.enum(hostRoles).openapi('host-role');
export const hostRoleUpdateSchema = z.enum(['auto-assign', 'master', 'worker']).openapi('host-role-update-params');
export const diskRoleSchema = z.enum(['none', 'install']).openapi('disk-role');
export const stepTypeSchema = z.enum(stepTypes).openapi('step-type');
export const operatorStatusSchema = z.enum(['failed', 'progressing', 'available']).openapi('operator-status');
export const operatorTypeSchema = z.enum(['builtin', 'olm']).openapi('operator-type');
