import { Hono } from 'hono';
import { z } from 'zod';
import type { Directory } from '../accounts/directory';
import { readBody } from '../read-body';
import { requestText } from '../request-text';
import { requireServiceAccount } from '../tokens/require-caller';
import type { CallerVariables } from '../tokens/require-caller';

const capabilitySchema = z.object({
  account_username: requestText.min(1),
  capability: requestText.min(1),
  type: requestText.min(1),
});

const accessSchema = z.object({
  account_username: requestText.min(1),
  action: requestText.min(1),
  resource_type: requestText.min(1),
});

/** POST /capability_review and POST /access_review. An unknown account has no capability and no access. */
export function createReviewRoutes(directory: Directory): Hono<CallerVariables> {
  const routes = new Hono<CallerVariables>();

  routes.post('/capability_review', async (c) => {
    requireServiceAccount(c.get('caller'));
    const { account_username: username, capability, type } = await readBody(c, capabilitySchema);
    const known = type === 'Account' && (directory.findUser(username)?.capabilities.includes(capability) ?? false);
    return c.json({ result: known ? 'true' : 'false' });
  });

  routes.post('/access_review', async (c) => {
    requireServiceAccount(c.get('caller'));
    const { account_username: username, action, resource_type: resourceType } = await readBody(c, accessSchema);
    const account = await directory.findAccount(username);
    return c.json({
      account_username: username,
      action,
      resource_type: resourceType,
      allowed: account !== undefined && !account.banned,
    });
  });

  return routes;
}
