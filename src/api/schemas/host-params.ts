import { z } from '@hono/zod-openapi';
import { hostStageSchema, stepTypeSchema } from './enums';
import { integer, uuid } from './wire';

export const hostCreateParamsSchema = z
  .object({ host_id: uuid().toLowerCase(), discovery_agent_version: z.string().optional() })
  .openapi('host-create-params');

export const hostProgressSchema = z
  .object({ current_stage: hostStageSchema, progress_info: z.string().optional() })
  .openapi('host-progress');

export const installerArgsParamsSchema = z.object({ args: z.array(z.string()).optional() }).openapi('installer-args-params');

export const stepSchema = z
  .object({
    step_type: stepTypeSchema.optional(),
    step_id: z.string().optional(),
    command: z.string().optional(),
    args: z.array(z.string()).optional(),
  })
  .openapi('step');

export const stepsSchema = z
  .object({
    next_instruction_seconds: integer().optional(),
    post_step_action: z.enum(['exit', 'continue']).optional().openapi({ default: 'continue' }),
    instructions: z.array(stepSchema).optional(),
  })
  .openapi('steps');

export const stepReplySchema = z
  .object({
    step_type: stepTypeSchema.optional(),
    step_id: z.string().optional(),
    exit_code: integer().optional(),
    output: z.string().optional(),
    error: z.string().optional(),
  })
  .openapi('step-reply');
