import { z } from '@hono/zod-openapi';
import { uuid } from './wire';

const id = () => uuid().toLowerCase();

export const clusterParams = z.object({ cluster_id: id() });
export const hostParams = z.object({ cluster_id: id(), host_id: id() });

/** A header with a boolean; anything but the words for yes and no is a violation of the type. */
export const booleanHeader = () =>
  z
    .string()
    .refine((text) => /^(true|false|1|0|t|f)$/i.test(text), { params: { code: 601, type: 'boolean' } })
    .transform((text) => /^(true|1|t)$/i.test(text))
    .optional()
    .openapi({ type: 'boolean', default: false });

/** A query parameter with a whole number between two bounds. */
export const integerQuery = ({ minimum, maximum, defaultValue }: { minimum: number; maximum: number; defaultValue: number }) =>
  z
    .string()
    .refine((text) => /^-?\d{1,15}$/.test(text), { params: { type: 'integer' }, abort: true })
    .transform(Number)
    .pipe(z.number().min(minimum).max(maximum))
    .optional()
    .transform((value) => value ?? defaultValue)
    .openapi({ type: 'integer', minimum, maximum, default: defaultValue });

export const agentVersionHeader = z.object({ discovery_agent_version: z.string().optional() });

/** Comma-separated list in one parameter; repeating the parameter adds to the list. */
export const listQuery = () => z.array(z.string()).optional().openapi({ param: { style: 'form', explode: false } });
