import { setTimeout as wait } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { renderOcmError } from '../ocm-error';
import type { FaultRegistry } from './registry';

const exempt = /^\/(faults|health|keys\/rotate|aging\/run)$/;

/** Middleware that makes the armed faults happen; the switches themselves and /health are exempt. */
export function injectFaults(faults: FaultRegistry): MiddlewareHandler<{ Bindings: Partial<HttpBindings> }> {
  return async (c, next) => {
    const fault = exempt.test(c.req.path) ? undefined : faults.take(c.req.method, c.req.path);
    if (fault === undefined) return next();
    if (fault.delay_ms > 0) await wait(fault.delay_ms);
    if (fault.status !== undefined) return renderOcmError(c, fault.status as ContentfulStatusCode, 'Injected fault');
    await next();
    if (fault.drop_after) c.env.incoming?.socket.destroy();
    return undefined;
  };
}
