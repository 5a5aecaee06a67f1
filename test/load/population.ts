import { createAgentClient, type AgentClient } from '../../src/agent/protocol/agent-client';
import type { StepType } from '../../src/domain/host/step-type';
import { createMachineFacts, type MachineFacts } from '../../src/sim/machine/machine-facts';
import { makeInventory } from '../../src/sim/machine/make-inventory';
import { profiles } from '../../src/sim/machine/profile';
import { createMachineNetwork } from '../../src/sim/network/machine-network';
import type { BenchStack } from './bench-stack';
import { createBenchApi, registerCluster } from './service';

/** A cluster of the bench with its machines; `client` is what all of its agents use. */
export interface BenchCluster {
  id: string;
  client: AgentClient;
  machines: MachineFacts[];
}

const atOnce = 8;
/** Room for some thousand machines. */
const network = { ...createMachineNetwork('10.20.0.0/20'), apiVip: '10.20.15.250', ingressVip: '10.20.15.251' };

/** Makes things, a few at a time, in the order they are ready. */
export async function inParallel<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) results.push(await make(next++));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

/** Sends what a step of a machine found. */
export function reply({ client }: BenchCluster, hostId: string, stepType: StepType, output: unknown): Promise<void> {
  return client.postStepReply(hostId, { step_type: stepType, step_id: `${stepType}-00000000`, exit_code: 0, output: JSON.stringify(output), error: '' });
}

/** Registers a cluster and hosts that send their inventories. */
export async function createBenchCluster({ file }: BenchStack, hostCount: number): Promise<BenchCluster> {
  const { id } = await registerCluster(createBenchApi(file, AbortSignal.timeout(60_000)), file);
  const client = createAgentClient({ url: file.api_url, clusterId: id, token: file.agent_token, agentImage: 'agent:bench', timeoutMs: 60_000 });
  const machines = Array.from({ length: hostCount }, (_, index) => createMachineFacts(profiles.standard, index, network, id.slice(0, 8)));
  const cluster = { id, client, machines };
  await inParallel(machines.length, async (index) => {
    const machine = machines[index];
    if (machine === undefined) return;
    await client.registerHost(machine.hostId);
    await reply(cluster, machine.hostId, 'inventory', makeInventory(machine, new Date()));
  });
  return cluster;
}

/** Deregisters what the bench made. */
export async function removeClusters({ file }: BenchStack, clusters: readonly BenchCluster[]): Promise<void> {
  const api = createBenchApi(file, AbortSignal.timeout(300_000));
  await inParallel(clusters.length, (index) => api.deregister(clusters[index]?.id ?? ''));
}
