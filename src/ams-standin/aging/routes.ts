import { Hono } from 'hono';
import { z } from 'zod';
import { readBody } from '../read-body';
import type { AgingResult } from './age-subscriptions';

const runSchema = z.object({
  /** As of when; without it the present. */
  now: z.iso.datetime().transform((text) => new Date(text)).optional(),
});

/** POST /aging/run `{now?}`: looks at all running clusters at once, so that nobody has to wait for days. */
export function createAgingRoutes(age: (now: Date) => Promise<AgingResult>): Hono {
  const routes = new Hono();
  routes.post('/run', async (c) => c.json(await age((await readBody(c, runSchema)).now ?? new Date())));
  return routes;
}
