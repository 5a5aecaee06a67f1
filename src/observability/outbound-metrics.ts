import { Counter, Histogram, type Registry } from 'prom-client';

export interface OutboundCall {
  method: string;
  /** Path of the call with `-` in place of ids. */
  path: string;
  /** null without an answer. */
  status: number | null;
  durationMs: number;
  /** A call for a token. */
  token: boolean;
}

/** Metrics of the calls to OCM, as OCM's own client libraries count them. */
export function createOutboundMetrics(registry: Registry): (call: OutboundCall) => void {
  const create = (kind: '' | 'token_', help: string, labelNames: string[]) => ({
    count: new Counter({ name: `api_outbound_${kind}request_count`, help: `Number of ${help} sent.`, labelNames, registers: [registry] }),
    duration: new Histogram({ name: `api_outbound_${kind}request_duration`, help: `Time of ${help} in seconds.`, labelNames, buckets: [0.1, 1, 10, 30], registers: [registry] }),
  });
  const calls = create('', 'requests to OCM', ['method', 'path', 'code']);
  const tokens = create('token_', 'requests for tokens', ['code']);
  return ({ method, path, status, durationMs, token }) => {
    const code = status === null ? '0' : String(status);
    const [metrics, labels] = token ? [tokens, { code }] : [calls, { method, path, code }];
    metrics.count.inc(labels);
    metrics.duration.observe(labels, durationMs / 1_000);
  };
}
