import { Hono } from 'hono';
import { z } from 'zod';
import type { Account } from '../accounts/account';
import { OcmError } from '../ocm-error';
import { readBody } from '../read-body';
import { requestText as text } from '../request-text';
import type { CallerVariables } from '../tokens/require-caller';
import type { SubscriptionRepository } from './repository';
import { SearchError } from './search-error';
import { presentSubscription, subscriptionStatuses } from './subscription';
import type { SubscriptionRow } from './subscription';

const changeSchema = z.object({
  display_name: text.min(1).optional(),
  external_cluster_id: text.optional(),
  console_url: text.optional(),
  support_level: text.min(1).optional(),
  status: z.enum(subscriptionStatuses).optional(),
  managed: z.boolean().optional(),
});

const listSchema = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  size: z.coerce.number().int().min(0).max(1000).default(100),
  order: z.string().optional(),
  search: z.string().optional(),
});

const subscriptionId = /^[A-Za-z0-9-]{1,64}$/;

/** Postgres refuses some values only when it sees them: a pattern that ends with a backslash, a year 300000. */
function isDataFault(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('22');
}

function mayChange(caller: Account, row: SubscriptionRow): boolean {
  return caller.service_account || caller.id === row.creator_id;
}

/** GET, PATCH and DELETE below /subscriptions. */
export function createSubscriptionRoutes(subscriptions: SubscriptionRepository): Hono<CallerVariables> {
  const routes = new Hono<CallerVariables>();

  async function getVisible(caller: Account, id: string): Promise<SubscriptionRow> {
    const row = subscriptionId.test(id) ? await subscriptions.find(id) : undefined;
    if (row === undefined || (!caller.service_account && caller.organization_id !== row.organization_id)) {
      throw new OcmError(404, `Subscription with id '${id}' not found`);
    }
    return row;
  }

  routes.get('/', async (c) => {
    const query = listSchema.safeParse(c.req.query());
    if (!query.success) {
      throw new OcmError(400, query.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
    }
    const { page, size, order, search } = query.data;
    try {
      const { total, rows } = await subscriptions.list(c.get('caller'), { page, size, order, search });
      return c.json({ kind: 'SubscriptionList', page, size: rows.length, total, items: rows.map(presentSubscription) });
    } catch (error) {
      if (error instanceof SearchError || isDataFault(error)) throw new OcmError(400, `Failed to parse search query: ${error.message}`);
      throw error;
    }
  });

  routes.get('/:id', async (c) => c.json(presentSubscription(await getVisible(c.get('caller'), c.req.param('id')))));

  routes.patch('/:id', async (c) => {
    const row = await getVisible(c.get('caller'), c.req.param('id'));
    if (!mayChange(c.get('caller'), row)) throw new OcmError(403, 'Only the creator may change this subscription');
    const changed = await subscriptions.change(row.id, await readBody(c, changeSchema));
    if (changed === undefined) throw new OcmError(404, `Subscription with id '${row.id}' not found`);
    return c.json(presentSubscription(changed));
  });

  routes.delete('/:id', async (c) => {
    const row = await getVisible(c.get('caller'), c.req.param('id'));
    if (!mayChange(c.get('caller'), row)) throw new OcmError(403, 'Only the creator may delete this subscription');
    if (await subscriptions.deleteReserved(row.id)) return c.body(null, 204);
    if (await subscriptions.find(row.id) === undefined) throw new OcmError(404, `Subscription with id '${row.id}' not found`);
    throw new OcmError(409, `Subscription with id '${row.id}' is not Reserved, so it can't be deleted`);
  });

  return routes;
}
