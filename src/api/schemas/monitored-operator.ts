import { z } from '@hono/zod-openapi';
import { operatorStatusSchema, operatorTypeSchema } from './enums';
import { dateTime, integer, uuid } from './wire';

export const monitoredOperatorSchema = z
  .object({
    cluster_id: uuid().optional(),
    name: z.string().optional(),
    namespace: z.string().optional(),
    subscription_name: z.string().optional(),
    operator_type: operatorTypeSchema.optional(),
    properties: z.string().optional(),
    timeout_seconds: integer().optional(),
    status: operatorStatusSchema.optional(),
    status_info: z.string().optional(),
    status_updated_at: dateTime().optional(),
  })
  .openapi('monitored-operator');
export type WireMonitoredOperator = z.infer<typeof monitoredOperatorSchema>;

export const monitoredOperatorsListSchema = z.array(monitoredOperatorSchema).openapi('monitored-operators-list');

export const operatorMonitorReportSchema = z
  .object({ name: z.string().optional(), status: operatorStatusSchema.optional(), status_info: z.string().optional() })
  .openapi('operator-monitor-report');

export const operatorCreateParamsSchema = z
  .object({ name: z.string().optional(), properties: z.string().optional() })
  .openapi('operator-create-params');
