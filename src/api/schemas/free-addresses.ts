import { z } from '@hono/zod-openapi';

export const freeAddressesListSchema = z.array(z.string().openapi({ format: 'ipv4' })).openapi('free-addresses-list');
