import { z } from '@hono/zod-openapi';

const operatorPropertySchema = z
  .object({
    name: z.string().optional(),
    data_type: z.enum(['boolean', 'string', 'integer', 'float']).optional(),
    mandatory: z.boolean().optional(),
    options: z.array(z.string()).optional(),
    description: z.string().optional(),
    default_value: z.string().optional(),
  })
  .openapi('operator-property');

export type WireOperatorProperty = z.infer<typeof operatorPropertySchema>;

export const operatorPropertiesSchema = z.array(operatorPropertySchema).openapi('operator-properties');

export const operatorNamesSchema = z.array(z.string());
