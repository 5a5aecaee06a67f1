import { Hono } from 'hono';
import { z } from 'zod';
import type { Directory } from '../accounts/directory';
import { OcmError } from '../ocm-error';
import { readBody } from '../read-body';
import { requestText as text } from '../request-text';
import type { SubscriptionRepository } from '../subscriptions/repository';
import { presentSubscription } from '../subscriptions/subscription';
import type { CallerVariables } from '../tokens/require-caller';

const requestSchema = z.object({
  account_username: text.min(1),
  cluster_id: text.min(1),
  display_name: text.default(''),
  managed: z.boolean().default(false),
  product_id: text.min(1).default('OCP'),
  product_category: text.default(''),
  cloud_provider_id: text.default('baremetal'),
  reserve: z.boolean().default(false),
  resources: z.array(z.unknown()).default([]),
});

/**
 * POST /cluster_authorizations. With `reserve` it creates a Reserved subscription each time it is called, also for a
 * cluster id that has one already: clients that want a single one have to search first.
 */
export function createClusterAuthorizationRoutes(
  dependencies: { directory: Directory; subscriptions: SubscriptionRepository },
): Hono<CallerVariables> {
  const routes = new Hono<CallerVariables>();
  routes.post('/', async (c) => {
    const caller = c.get('caller');
    const request = await readBody(c, requestSchema);
    if (!caller.service_account && caller.username !== request.account_username) {
      throw new OcmError(403, 'Only a service account may act for another account');
    }
    const creator = await dependencies.directory.findAccount(request.account_username);
    if (creator === undefined) throw new OcmError(404, `Account with username '${request.account_username}' not found`);
    if (creator.banned) throw new OcmError(403, `Account with username '${creator.username}' is banned`);
    const answer = {
      account_username: creator.username,
      allowed: true,
      cluster_id: request.cluster_id,
      excess_resources: [],
      managed: request.managed,
      organization_id: creator.organization_id,
      product_id: request.product_id,
      reserve: request.reserve,
    };
    if (!request.reserve) return c.json(answer);
    const subscription = await dependencies.subscriptions.reserve({ ...request, creator });
    return c.json({ ...answer, subscription: presentSubscription(subscription) });
  });
  return routes;
}
