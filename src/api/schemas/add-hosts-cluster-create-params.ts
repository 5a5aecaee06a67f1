import { z } from '@hono/zod-openapi';
import { uuid } from './wire';

export const addHostsClusterCreateParamsSchema = z
  .object({ id: uuid().toLowerCase(), name: z.string(), api_vip_dnsname: z.string(), openshift_version: z.string() })
  .openapi('add-hosts-cluster-create-params');
