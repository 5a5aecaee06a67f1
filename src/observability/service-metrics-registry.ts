import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Measure } from '../domain/metrics/measure';
import { serviceMetrics, type ServiceMetric } from '../domain/metrics/service-metrics';

/** Namespace of the service's own metrics, as dashboards know it. */
export const servicePrefix = 'service_assisted_installer_';

type Labels = Record<string, string>;
interface Series {
  take(labels: Labels, value: number): void;
  remove(labels: Labels): void;
}

export interface ServiceMetricsRegistry {
  record(measures: readonly Measure[]): void;
  /** Ids of the clusters that have series of their own here. */
  clusters(): string[];
  /** Removes the series of a cluster. */
  forgetCluster(clusterId: string): void;
}

function createSeries(name: ServiceMetric, registry: Registry): Series {
  const { type, help, labels, ...rest } = serviceMetrics[name];
  const options = { name: `${servicePrefix}${name}`, help, labelNames: [...labels], registers: [registry] };
  if (type === 'counter') {
    const counter = new Counter(options);
    return { take: (of, value) => counter.inc(of, value), remove: (of) => counter.remove(of) };
  }
  if (type === 'gauge') {
    const gauge = new Gauge({ ...options, ...(name === 'filesystem_usage_percentage' && { collect: measureFilesystem }) });
    return { take: (of, value) => gauge.set(of, value), remove: (of) => gauge.remove(of) };
  }
  const histogram = new Histogram({ ...options, ...('buckets' in rest && { buckets: [...rest.buckets] }) });
  return { take: (of, value) => histogram.observe(of, value), remove: (of) => histogram.remove(of) };
}

function measureFilesystem(this: Gauge): void {
  const { blocks, bavail } = statfsSync(tmpdir());
  this.set(blocks === 0 ? 0 : (100 * (blocks - bavail)) / blocks);
}

/**
 * The metrics of clusters and hosts. Most have the cluster's id as a label, so their number grows with the clusters: each cluster's
 * series are remembered, to be removed with the cluster.
 */
export function createServiceMetricsRegistry(registry: Registry): ServiceMetricsRegistry {
  const names = Object.keys(serviceMetrics) as ServiceMetric[];
  const all = new Map(names.map((name) => [name, createSeries(name, registry)]));
  const byCluster = new Map<string, Map<string, () => void>>();

  function remember(metric: string, series: Series, labels: Labels): void {
    const clusterId = labels['cid'];
    if (clusterId === undefined) return;
    const known = byCluster.get(clusterId) ?? new Map<string, () => void>();
    known.set(JSON.stringify([metric, labels]), () => series.remove(labels));
    byCluster.set(clusterId, known);
  }

  return {
    record(measures) {
      for (const { metric, labels, value } of measures) {
        const series = all.get(metric);
        if (!series) continue;
        series.take(labels, value);
        remember(metric, series, labels);
      }
    },
    clusters: () => [...byCluster.keys()],
    forgetCluster(clusterId) {
      for (const remove of byCluster.get(clusterId)?.values() ?? []) remove();
      byCluster.delete(clusterId);
    },
  };
}
