import { z } from '@hono/zod-openapi';

export const openshiftVersionSchema = z
  .object({
    display_name: z.string(),
    release_image: z.string(),
    release_version: z.string(),
    rhcos_image: z.string(),
    rhcos_rootfs: z.string(),
    rhcos_version: z.string(),
    support_level: z.enum(['beta', 'production', 'custom']),
    default: z.boolean().optional(),
  })
  .openapi('openshift-version');
export type WireOpenshiftVersion = z.infer<typeof openshiftVersionSchema>;

export const openshiftVersionsSchema = z.record(z.string(), openshiftVersionSchema).openapi('openshift-versions');

const versionsSchema = z.record(z.string(), z.string()).openapi('versions');

export const listVersionsSchema = z.object({ versions: versionsSchema.optional(), release_tag: z.string().optional() }).openapi('list-versions');
