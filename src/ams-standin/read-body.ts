import type { Context } from 'hono';
import type { z } from 'zod';
import { OcmError } from './ocm-error';

/** Parses the JSON body by a schema; throws OcmError 400 that names the faulty fields. */
export async function readBody<Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.infer<Schema>> {
  let body: unknown;
  try {
    body = await c.req.json();
  } catch {
    throw new OcmError(400, 'The request body is not valid JSON');
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
    throw new OcmError(400, `Invalid request: ${faults.join('; ')}`);
  }
  return parsed.data;
}
