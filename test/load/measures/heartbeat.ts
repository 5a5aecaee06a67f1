import type { BenchStack } from '../bench-stack';
import { findGenerator } from '../generators/find-generator';
import type { Measurement } from '../measurement';
import type { BenchOptions } from '../options';
import { type BenchCluster, createBenchCluster, inParallel, removeClusters } from '../population';
import { cpuOf } from '../requests/measure-requests';

const hostsPerCluster = 3;
const warmSeconds = 3;
const connections = [1, 16, 64];

/** The paths of the hosts' instructions, round after round over the clusters, so that neighbours in time are strangers. */
function pathsOf(clusters: readonly BenchCluster[]): string[] {
  return Array.from({ length: hostsPerCluster }, (_, at) =>
    clusters.flatMap(({ id, machines }) => machines.slice(at, at + 1).map(({ hostId }) => `/api/assisted-install/v1/clusters/${id}/hosts/${hostId}/instructions`))).flat();
}

/** Cost and latency of agents asking for instructions, with their tokens. */
export async function measureHeartbeats(stack: BenchStack, { clusters, seconds }: BenchOptions): Promise<Measurement[]> {
  const { file } = stack;
  const generator = await findGenerator();
  const made = await inParallel(clusters, () => createBenchCluster(stack, hostsPerCluster));
  const paths = pathsOf(made);
  const load = (connectionCount: number, duration: number) => generator.run({ url: file.api_url, paths, token: file.agent_token, connections: connectionCount, seconds: duration });
  const results: Measurement[] = [];
  for (const count of connections) {
    await load(count, warmSeconds);
    const before = cpuOf(stack);
    const { requests, errors, p50Ms, p99Ms, elapsedSeconds } = await load(count, seconds);
    const after = cpuOf(stack);
    const perRequest = (spent: number): number => (spent * 1000) / Math.max(1, requests);
    const [service, postgres] = [perRequest(after.service - before.service), perRequest(after.postgres - before.postgres)];
    const goals = count === 16;
    const note = `${(requests / elapsedSeconds).toFixed(0)} requests/s by ${generator.name}${errors > 0 ? `, ${errors} ERRORS` : ''}`;
    results.push(
      { name: `heartbeat c=${count}, CPU per request`, value: service + postgres, unit: 'ms', ...(goals ? { goal: 0.35 } : {}), note: `service ${service.toFixed(3)}, Postgres ${postgres.toFixed(3)}` },
      { name: `heartbeat c=${count}, p99`, value: p99Ms, unit: 'ms', ...(goals ? { goal: 20 } : {}), note: `p50 ${p50Ms.toFixed(2)} ms, ${note}` },
    );
    if (errors > 0) results.push({ name: `heartbeat c=${count}, errors`, value: errors, unit: 'requests', goal: 1 });
  }
  await removeClusters(stack, made);
  return results;
}
