import { z } from '@hono/zod-openapi';

export const credentialsSchema = z
  .object({ username: z.string().optional(), password: z.string().optional(), console_url: z.string().optional() })
  .openapi('credentials');
