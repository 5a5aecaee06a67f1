import { createRoute, z } from '@hono/zod-openapi';

const json = (schema: z.ZodType) => ({ 'application/json': { schema } });
const text = (type: string) => ({ [type]: { schema: z.string() } });
const retryAfter = z.object({ 'Retry-After': z.number().int().openapi({ description: 'Seconds.' }) });

const route = (path: string, operationId: string, summary: string, content: Record<string, { schema: z.ZodType }>, starting?: Record<string, { schema: z.ZodType }>) =>
  createRoute({
    method: 'get',
    path,
    operationId,
    summary,
    tags: ['service'],
    security: [],
    responses: {
      200: { description: 'Done.', content },
      ...(starting && { 503: { description: 'The service is starting, or a part of it is away; see Retry-After.', headers: retryAfter, content: starting } }),
    },
  });

/** What is missing although requests are served, such as the images of one version. */
const warnings = z.array(z.string()).optional();

/** What the service tells of itself, beside the operations of the contract. All are open to everybody; probes find the first three at the root, too. */
export const serviceRoutes = {
  health: route('/health', 'GetHealth', 'Tells that the process runs', json(z.object({ healthy: z.boolean() }))),
  ready: route('/ready', 'GetReadiness', 'Tells whether the service can do its work, and why not',
    json(z.object({ ready: z.boolean(), warnings })), json(z.object({ ready: z.boolean(), reasons: z.array(z.string()), warnings }))),
  metrics: route('/metrics', 'GetMetrics', 'Figures in the format of Prometheus', text('text/plain')),
  openapi: route('/openapi', 'GetDocument', 'This document', json(z.record(z.string(), z.unknown()))),
  docs: route('/docs', 'GetReference', 'This document as a page', text('text/html')),
} as const;
