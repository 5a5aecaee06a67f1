import { Hono } from 'hono';
import { z } from 'zod';
import { presentAccount } from '../accounts/account';
import type { Directory } from '../accounts/directory';
import { OcmError } from '../ocm-error';
import { readBody } from '../read-body';
import { requireServiceAccount } from '../tokens/require-caller';
import type { CallerVariables } from '../tokens/require-caller';

const requestSchema = z.object({ authorization_token: z.string().min(1) });

/** POST /token_authorization: the account that a pull secret's token belongs to. */
export function createTokenAuthorizationRoutes(directory: Directory): Hono<CallerVariables> {
  const routes = new Hono<CallerVariables>();
  routes.post('/', async (c) => {
    requireServiceAccount(c.get('caller'));
    const { authorization_token: token } = await readBody(c, requestSchema);
    const user = directory.findUserByPullSecretToken(token);
    const account = user === undefined ? undefined : await directory.findAccount(user.username);
    if (account === undefined) throw new OcmError(404, 'No account has this authorization token');
    if (account.banned) throw new OcmError(403, `Account with username '${account.username}' is banned`);
    return c.json({ account: presentAccount(account) });
  });
  return routes;
}
