import { z } from '@hono/zod-openapi';
import { imageTypeSchema } from './enums';
import { dateTime } from './wire';

export const imageInfoSchema = z
  .object({
    ssh_public_key: z.string().optional(),
    size_bytes: z.number().int().min(0).optional(),
    download_url: z.string().optional(),
    generator_version: z.string().optional(),
    created_at: dateTime().optional(),
    expires_at: dateTime().optional(),
    static_network_config: z.string().optional(),
    type: imageTypeSchema.optional(),
  })
  .openapi('image_info');
export type WireImageInfo = z.infer<typeof imageInfoSchema>;
