import { Gauge, Histogram, type Registry } from 'prom-client';

export interface HttpMetrics {
  /** Notes that a request is being answered; the function it returns, that it was. The route is a pattern, never a path with ids. */
  requestStarted(request: { route: string; method: string }): () => void;
  observeRequest(request: { route: string; method: string; code: number; seconds: number; bytes: number }): void;
}

const service = 'assisted-installer';

/** Metrics of the requests that this process answers. */
export function createHttpMetrics(registry: Registry): HttpMetrics {
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer a request.',
    labelNames: ['service', 'handler', 'method', 'code'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  const size = new Histogram({
    name: 'http_response_size_bytes',
    help: 'Size of an answer.',
    labelNames: ['service', 'handler', 'method', 'code'],
    buckets: [100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000],
    registers: [registry],
  });
  const inflight = new Gauge({ name: 'http_requests_inflight', help: 'Requests being answered.', labelNames: ['service', 'handler', 'method'], registers: [registry] });
  return {
    requestStarted({ route, method }) {
      const labels = { service, handler: route, method };
      inflight.inc(labels);
      return () => inflight.dec(labels);
    },
    observeRequest({ route, method, code, seconds, bytes }) {
      const labels = { service, handler: route, method, code: String(code) };
      duration.observe(labels, seconds);
      size.observe(labels, bytes);
    },
  };
}
