import { createAgentClient } from '../../../src/agent/protocol/agent-client';
import { createMachineFacts } from '../../../src/sim/machine/machine-facts';
import { makeInventory } from '../../../src/sim/machine/make-inventory';
import { profiles } from '../../../src/sim/machine/profile';
import { createMachineNetwork } from '../../../src/sim/network/machine-network';
import type { BenchStack } from '../bench-stack';
import { findGenerator } from '../generators/find-generator';
import type { Measurement } from '../measurement';
import type { BenchOptions } from '../options';
import { treeCpuSeconds } from '../process-stats';
import { createBenchApi, registerCluster } from '../service';

const hostsPerCluster = 3;
const atOnce = 8;
const warmSeconds = 3;
const connections = [1, 16, 64];

async function inParallel<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) results.push(await make(next++));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

/** Registers clusters of three hosts that have sent an inventory; returns the paths of their instructions and a way to remove all. */
async function populate({ file }: BenchStack, clusters: number): Promise<{ paths: string[]; remove(): Promise<void> }> {
  const api = createBenchApi(file, AbortSignal.timeout(600_000));
  const network = createMachineNetwork();
  const made = await inParallel(clusters, async () => {
    const { id } = await registerCluster(api, file);
    const client = createAgentClient({ url: file.api_url, clusterId: id, token: file.agent_token, agentImage: 'agent:bench' });
    const machines = Array.from({ length: hostsPerCluster }, (_, index) => createMachineFacts(profiles.standard, index, network, id.slice(0, 8)));
    for (const machine of machines) {
      await client.registerHost(machine.hostId);
      const output = JSON.stringify(makeInventory(machine, new Date()));
      await client.postStepReply(machine.hostId, { step_type: 'inventory', step_id: 'inventory-00000000', exit_code: 0, output, error: '' });
    }
    return { id, paths: machines.map(({ hostId }) => `/api/assisted-install/v1/clusters/${id}/hosts/${hostId}/instructions`) };
  });
  return {
    // Round after round over the clusters, so that neighbours in time are strangers.
    paths: Array.from({ length: hostsPerCluster }, (_, at) => made.flatMap((cluster) => cluster.paths.slice(at, at + 1))).flat(),
    remove: async () => void (await inParallel(made.length, (at) => api.deregister(made[at]?.id ?? ''))),
  };
}

/** Cost and latency of agents asking for instructions, with their tokens. */
export async function measureHeartbeats(stack: BenchStack, { clusters, seconds }: BenchOptions): Promise<Measurement[]> {
  const { file } = stack;
  const generator = await findGenerator();
  const { paths, remove } = await populate(stack, clusters);
  const load = (connectionCount: number, duration: number) => generator.run({ url: file.api_url, paths, token: file.agent_token, connections: connectionCount, seconds: duration });
  const cpu = (): { service: number; postgres: number } => ({
    service: treeCpuSeconds(file.pids.api) + treeCpuSeconds(file.pids.worker),
    postgres: treeCpuSeconds(file.pids.postgres),
  });
  const results: Measurement[] = [];
  for (const count of connections) {
    await load(count, warmSeconds);
    const before = cpu();
    const { requests, errors, p50Ms, p99Ms, elapsedSeconds } = await load(count, seconds);
    const after = cpu();
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
  await remove();
  return results;
}
