import { Hono } from 'hono';
import type { CallerVariables } from '../tokens/require-caller';
import { presentAccount } from './account';

/** GET /current_account. */
export function createAccountRoutes(): Hono<CallerVariables> {
  const routes = new Hono<CallerVariables>();
  routes.get('/current_account', (c) => c.json(presentAccount(c.get('caller'))));
  return routes;
}
