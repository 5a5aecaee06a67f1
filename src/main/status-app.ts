import { Hono } from 'hono';
import type { Metrics } from '../observability/metrics';

/** What a process without the REST API tells of itself: GET /health, /ready, /metrics. */
export function createStatusApp(metrics: Metrics, reasons: () => string[]): Hono {
  const app = new Hono();
  app.get('/health', (c) => c.json({ healthy: true }));
  app.get('/ready', (c) => {
    const why = reasons();
    return why.length === 0 ? c.json({ ready: true }) : c.json({ ready: false, reasons: why }, 503, { 'Retry-After': '5' });
  });
  app.get('/metrics', async (c) => {
    const { contentType, body } = await metrics.render();
    return c.body(body, 200, { 'Content-Type': contentType });
  });
  return app;
}
