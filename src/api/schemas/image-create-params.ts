import { z } from '@hono/zod-openapi';
import { imageTypeSchema } from './enums';

const macInterfaceMapSchema = z
  .array(
    z.object({
      mac_address: z
        .string()
        .regex(/^([0-9A-Fa-f]{2}[:]){5}([0-9A-Fa-f]{2})$/)
        .optional(),
      logical_nic_name: z.string().optional(),
    }),
  )
  .openapi('mac_interface_map');

const hostStaticNetworkConfigSchema = z
  .object({ network_yaml: z.string().optional(), mac_interface_map: macInterfaceMapSchema.optional() })
  .openapi('host_static_network_config');

export const imageCreateParamsSchema = z
  .object({
    ssh_public_key: z.string().optional(),
    static_network_config: z.array(hostStaticNetworkConfigSchema).optional(),
    image_type: imageTypeSchema.optional(),
  })
  .openapi('image-create-params');
export type ImageCreateParams = z.infer<typeof imageCreateParamsSchema>;
