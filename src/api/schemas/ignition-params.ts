import { z } from '@hono/zod-openapi';

/** `config`: an ignition configuration as JSON text. In a request: what is laid over that of the service; none takes it away. */
export const discoveryIgnitionParamsSchema = z.object({ config: z.string().optional() }).openapi('discovery-ignition-params');
export const hostIgnitionParamsSchema = z.object({ config: z.string().optional() }).openapi('host-ignition-params');
