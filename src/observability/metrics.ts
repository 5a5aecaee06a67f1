import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { createHttpMetrics, type HttpMetrics } from './http-metrics';
import { createOutboundMetrics, type OutboundCall } from './outbound-metrics';
import { createServiceMetricsRegistry, servicePrefix, type ServiceMetricsRegistry } from './service-metrics-registry';

/** What this process counts; names and labels are those that dashboards of this service know. */
export interface Metrics extends HttpMetrics, ServiceMetricsRegistry {
  observeOcmCall(call: OutboundCall & { operation: string }): void;
  observeFlush(flush: { hosts: number; failed: boolean }): void;
  setBaseImage(state: { rhcosVersion: string; image: 'live' | 'minimal'; present: boolean }): void;
  render(): Promise<{ contentType: string; body: string }>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const service = createServiceMetricsRegistry(registry);
  const observeOutbound = createOutboundMetrics(registry);
  const flushedHosts = new Counter({ name: `${servicePrefix}heartbeats_stored_total`, help: 'Check-ins of hosts stored.', registers: [registry] });
  const failedFlushes = new Counter({ name: `${servicePrefix}heartbeat_flush_failures_total`, help: 'Batches of check-ins that could not be stored and were kept for the next.', registers: [registry] });
  const baseImages = new Gauge({
    name: `${servicePrefix}base_image_available`,
    help: 'Whether an image of a version is in the public bucket: 1 or 0.',
    labelNames: ['rhcos_version', 'image'],
    registers: [registry],
  });
  return {
    ...createHttpMetrics(registry),
    ...service,
    observeOcmCall(call) {
      observeOutbound(call);
      service.record([{ metric: 'operation_duration_miliseconds', labels: { operation: `OCM-${call.operation}` }, value: call.durationMs }]);
    },
    observeFlush({ hosts, failed }) {
      if (failed) failedFlushes.inc();
      else flushedHosts.inc(hosts);
    },
    setBaseImage({ rhcosVersion, image, present }) {
      baseImages.set({ rhcos_version: rhcosVersion, image }, Number(present));
    },
    async render() {
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}
