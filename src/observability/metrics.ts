import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The service's metrics; names and labels are those that dashboards of this service know. */
export interface Metrics {
  observeRequest(request: { route: string; method: string; code: number; seconds: number; bytes: number }): void;
  requestStarted(request: { route: string; method: string }): () => void;
  observeOcmCall(call: { operation: string; status: number | null; durationMs: number }): void;
  observeFlush(flush: { hosts: number; failed: boolean }): void;
  render(): Promise<{ contentType: string; body: string }>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requestDuration = new Histogram({
    name: 'service_http_request_duration_seconds',
    help: 'Time to answer a request.',
    labelNames: ['service', 'handler', 'method', 'code'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
    registers: [registry],
  });
  const responseSize = new Histogram({
    name: 'service_http_response_size_bytes',
    help: 'Size of an answer.',
    labelNames: ['service', 'handler', 'method', 'code'],
    buckets: [100, 1_000, 10_000, 100_000, 1_000_000, 100_000_000],
    registers: [registry],
  });
  const inflight = new Gauge({ name: 'service_http_requests_inflight', help: 'Requests being answered.', labelNames: ['service', 'handler', 'method'], registers: [registry] });
  const outbound = new Histogram({
    name: 'service_api_outbound_request_duration_seconds',
    help: 'Time of a call to OCM, token calls included.',
    labelNames: ['operation', 'code'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10],
    registers: [registry],
  });
  const flushedHosts = new Counter({ name: 'service_assisted_installer_heartbeats_stored_total', help: 'Check-ins of hosts stored.', registers: [registry] });
  const failedFlushes = new Counter({ name: 'service_assisted_installer_heartbeat_flush_failures_total', help: 'Batches of check-ins that could not be stored and were kept for the next.', registers: [registry] });
  const service = 'assisted-installer';
  return {
    observeRequest({ route, method, code, seconds, bytes }) {
      const labels = { service, handler: route, method, code: String(code) };
      requestDuration.observe(labels, seconds);
      responseSize.observe(labels, bytes);
    },
    requestStarted({ route, method }) {
      const labels = { service, handler: route, method };
      inflight.inc(labels);
      return () => inflight.dec(labels);
    },
    observeOcmCall({ operation, status, durationMs }) {
      outbound.observe({ operation, code: status === null ? 'none' : String(status) }, durationMs / 1_000);
    },
    observeFlush({ hosts, failed }) {
      if (failed) failedFlushes.inc();
      else flushedHosts.inc(hosts);
    },
    async render() {
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}
