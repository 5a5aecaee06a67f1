import { z } from '@hono/zod-openapi';

/** What the service refuses: 400, 404, 405, 409, 413, 429, 500, 503. */
export const errorSchema = z
  .object({
    kind: z.enum(['Error']),
    id: z.number().int().min(400).max(504).openapi({ format: 'int32' }),
    href: z.string(),
    code: z.string(),
    reason: z.string(),
  })
  .openapi('error');

/** Who may not: 401 and 403. */
export const infraErrorSchema = z
  .object({ code: z.number().int().min(401).max(403).openapi({ format: 'int32' }), message: z.string() })
  .openapi('infra_error');

/** What does not fit the schema (422, `code` from 601 on) or is no JSON (400), and unknown paths (404). */
export const requestErrorSchema = z.object({ code: z.number().int(), message: z.string() }).openapi('request_error');

/** A body that breaks a rule, or one that cannot be read at all. */
export const notJsonOrErrorSchema = z.union([errorSchema, requestErrorSchema]);
