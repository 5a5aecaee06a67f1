import { Hono } from 'hono';
import { readBody } from '../read-body';
import { faultSchema } from './registry';
import type { Fault, FaultRegistry } from './registry';

function presentFault(fault: Fault) {
  return {
    id: fault.id,
    match: { method: fault.match.method, path: fault.match.path?.source },
    status: fault.status,
    drop_after: fault.drop_after,
    delay_ms: fault.delay_ms,
    times: fault.times,
    hits: fault.hits,
  };
}

/** POST /faults arms one, GET /faults lists them with their hits, DELETE /faults removes them all. */
export function createFaultRoutes(faults: FaultRegistry): Hono {
  const routes = new Hono();
  routes.post('/faults', async (c) => c.json(presentFault(faults.add(await readBody(c, faultSchema))), 201));
  routes.get('/faults', (c) => c.json(faults.list().map(presentFault)));
  routes.delete('/faults', (c) => {
    faults.clear();
    return c.body(null, 204);
  });
  return routes;
}
