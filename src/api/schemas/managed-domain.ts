import { z } from '@hono/zod-openapi';
import { dnsProviders } from '../../domain/cluster/managed-domain';

const managedDomainSchema = z.object({ domain: z.string().optional(), provider: z.enum(dnsProviders).optional() }).openapi('managed-domain');

export const listManagedDomainsSchema = z.array(managedDomainSchema).openapi('list-managed-domains');
