import { setTimeout as delay } from 'node:timers/promises';
import { createAgentClient } from '../../../src/agent/protocol/agent-client';
import type { WireHost } from '../../../src/agent/protocol/wire-cluster';
import { createMachineFacts } from '../../../src/sim/machine/machine-facts';
import { makeInventory } from '../../../src/sim/machine/make-inventory';
import { profiles } from '../../../src/sim/machine/profile';
import { createMachineNetwork } from '../../../src/sim/network/machine-network';
import type { BenchStack } from '../bench-stack';
import type { Measurement } from '../measurement';
import type { BenchOptions } from '../options';
import { createBenchCluster, inParallel, removeClusters, reply, type BenchCluster } from '../population';
import { percentile } from '../requests/closed-loop';
import { cpuOf } from '../requests/measure-requests';
import { StatusWatch } from '../requests/status-watch';
import { createBenchApi } from '../service';

const hostsPerCluster = 3;
/** Servers of one order are switched on within this time. */
const spreadMs = 30_000;
const longestMs = 60_000;

/**
 * From the answer to a host's inventory until the status it leads to is committed, and until one who asks has read it, while all
 * clusters are discovered at once.
 */
export async function measureFacts(stack: BenchStack, { clusters }: BenchOptions): Promise<Measurement[]> {
  const { file } = stack;
  const api = createBenchApi(file, AbortSignal.timeout(600_000));
  const made = await inParallel(clusters, () => createBenchCluster(stack, 0));
  const network = createMachineNetwork();
  const watch = new StatusWatch(file.database_url);
  const [hostIds, committed, read]: [string[], number[], number[]] = [[], [], []];

  const discover = async (cluster: BenchCluster, index: number): Promise<void> => {
    await delay(Math.random() * spreadMs);
    const client = createAgentClient({ url: file.api_url, clusterId: cluster.id, token: file.agent_token, agentImage: 'agent:bench', timeoutMs: longestMs });
    const machine = createMachineFacts(profiles.standard, index, network, cluster.id.slice(0, 8));
    await client.registerHost(machine.hostId);
    await client.getNextSteps(machine.hostId);
    await reply(cluster, machine.hostId, 'inventory', makeInventory(machine, new Date()));
    const told = performance.now();
    await watch.discovered(machine.hostId, longestMs);
    committed.push(performance.now() - told);
    const { status } = await api.http.call<WireHost>('GET', `/clusters/${cluster.id}/hosts/${machine.hostId}`);
    if (status === 'discovering') throw new Error(`host ${machine.hostId} is read as discovering after its status was committed`);
    read.push(performance.now() - told);
    hostIds.push(machine.hostId);
  };

  const [before, started] = [cpuOf(stack), performance.now()];
  await Promise.all(made.flatMap((cluster) => Array.from({ length: hostsPerCluster }, (_, index) => discover(cluster, index))));
  const [after, seconds] = [cpuOf(stack), (performance.now() - started) / 1_000];
  const decided = await watch.storedToDecided(hostIds);
  await watch.close();
  await removeClusters(stack, made);
  const share = (part: keyof typeof before): string => ((after[part] - before[part]) / seconds).toFixed(2);
  const note = `cores: service ${share('service')}, Postgres ${share('postgres')}, Temporal ${share('temporal')}; ${read.length} hosts within ${seconds.toFixed(0)} s`;
  const name = `${clusters} clusters discovered at once: fact answered`;
  return [
    ...describe(`${name} to status read`, read, { goal: 1_000, note }),
    ...describe(`${name} to status committed`, committed),
    ...describe(`${clusters} clusters discovered at once: fact stored to refresh begun`, decided),
  ];
}

/** The usual percentiles; goal and note stand with the 95th. */
function describe(name: string, latencies: number[], ofP95: { goal?: number; note?: string } = {}): Measurement[] {
  latencies.sort((a, b) => a - b);
  return [0.5, 0.95, 0.99].map((part) => ({ name: `${name}, p${part * 100}`, value: percentile({ latencies }, part), unit: 'ms', ...(part === 0.95 ? ofP95 : {}) }));
}
