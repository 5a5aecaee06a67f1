import type { BenchStack } from '../bench-stack';
import type { Measurement } from '../measurement';
import { treeCpuSeconds } from '../process-stats';
import { percentile, runClosedLoop } from './closed-loop';

export interface RequestLoad {
  name: string;
  connections: number;
  seconds: number;
  send: (index: number) => Promise<unknown>;
  /** CPU milliseconds a request, of the service and Postgres together. */
  goal?: number;
}

/** CPU seconds that the parts of a stack have used so far. */
export function cpuOf({ file: { pids } }: BenchStack): { service: number; postgres: number; temporal: number } {
  return { service: treeCpuSeconds(pids.api) + treeCpuSeconds(pids.worker), postgres: treeCpuSeconds(pids.postgres), temporal: treeCpuSeconds(pids.temporal) };
}

/** CPU per request of the service and Postgres, what it costs Temporal beside, throughput and latency. Other programs on the machine move only the latter. */
export async function measureRequests(stack: BenchStack, { name, connections, seconds, send, goal }: RequestLoad): Promise<Measurement> {
  await runClosedLoop(connections, Math.min(2, seconds), send);
  const before = cpuOf(stack);
  const result = await runClosedLoop(connections, seconds, send);
  const after = cpuOf(stack);
  const perRequest = (part: 'service' | 'postgres' | 'temporal'): number => ((after[part] - before[part]) * 1_000) / Math.max(1, result.requests);
  const [service, postgres, temporal] = [perRequest('service'), perRequest('postgres'), perRequest('temporal')];
  const note = [
    `service ${service.toFixed(2)}, Postgres ${postgres.toFixed(2)}${temporal < 0.05 ? '' : `; Temporal ${temporal.toFixed(2)}`}`,
    `${(result.requests / result.elapsedSeconds).toFixed(0)}/s, p50 ${percentile(result, 0.5).toFixed(1)}, p99 ${percentile(result, 0.99).toFixed(1)} ms`,
    ...(result.errors > 0 ? [`${result.errors} ERRORS`] : []),
  ].join('; ');
  return { name, value: service + postgres, unit: 'ms', ...(goal === undefined ? {} : { goal }), note };
}
