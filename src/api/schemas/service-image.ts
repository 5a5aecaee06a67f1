import { z } from '@hono/zod-openapi';

export const serviceImageCreateParamsSchema = z
  .object({ openshift_version: z.string().optional(), ssh_public_key: z.string().optional(), pull_secret: z.string().optional() })
  .openapi('assisted-service-iso-create-params');
