import { Hono } from 'hono';
import { OcmError } from '../ocm-error';
import type { Database } from '../store/database';
import type { CallerVariables } from '../tokens/require-caller';
import { presentAccount, presentOrganization } from './account';
import type { Account } from './account';

/** GET /current_account, and what the `href`s of accounts, organizations and subscriptions lead to. */
export function createAccountRoutes(database: Database): Hono<CallerVariables> {
  const routes = new Hono<CallerVariables>();

  const isVisible = (caller: Account, organizationId: string) => caller.service_account || caller.organization_id === organizationId;

  routes.get('/current_account', (c) => c.json(presentAccount(c.get('caller'))));

  routes.get('/accounts/:id', async (c) => {
    const [account] = await database<Account[]>`SELECT * FROM ams.accounts WHERE id = ${c.req.param('id')}`;
    if (account === undefined || !isVisible(c.get('caller'), account.organization_id)) {
      throw new OcmError(404, `Account with id '${c.req.param('id')}' not found`);
    }
    return c.json(presentAccount(account));
  });

  routes.get('/organizations', (c) => {
    const items = [presentOrganization(c.get('caller').organization_id)];
    return c.json({ kind: 'OrganizationList', page: 1, size: items.length, total: items.length, items });
  });

  routes.get('/organizations/:id', (c) => {
    const id = c.req.param('id');
    if (!isVisible(c.get('caller'), id)) throw new OcmError(404, `Organization with id '${id}' not found`);
    return c.json(presentOrganization(id));
  });

  routes.get('/plans/:id', (c) => {
    const id = c.req.param('id');
    const [type = '', category = ''] = id.split('-');
    if (!/^[A-Za-z]{1,32}(-[A-Za-z]{1,32})?$/.test(id)) throw new OcmError(404, `Plan with id '${id}' not found`);
    return c.json({ id, kind: 'Plan', href: `/api/accounts_mgmt/v1/plans/${id}`, name: id, type, category });
  });

  // What an account may do hangs on its organization and its capabilities: nobody is bound to a role.
  routes.get('/role_bindings', (c) => c.json({ kind: 'RoleBindingList', page: 1, size: 0, total: 0, items: [] }));

  return routes;
}
