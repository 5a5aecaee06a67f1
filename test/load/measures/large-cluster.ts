import { setTimeout as delay } from 'node:timers/promises';
import { makeInventory } from '../../../src/sim/machine/make-inventory';
import type { MachineFacts } from '../../../src/sim/machine/machine-facts';
import type { BenchStack } from '../bench-stack';
import type { Measurement } from '../measurement';
import type { BenchOptions } from '../options';
import { reportOf } from '../../support/mesh-report';
import { createBenchCluster, inParallel, removeClusters, reply, type BenchCluster } from '../population';
import { measureRequests } from '../requests/measure-requests';

const hostCount = 250;

/** Requests of the agents of one cluster of 250 hosts that all reach each other. */
export async function measureLargeCluster(stack: BenchStack, { seconds }: BenchOptions): Promise<Measurement[]> {
  const cluster = await createBenchCluster(stack, hostCount);
  const at = (index: number): MachineFacts => cluster.machines[index % hostCount] as MachineFacts;
  await inParallel(hostCount, (index) => reply(cluster, at(index).hostId, 'connectivity-check', reportOf(at(index), cluster.machines, 0.4)));
  const measure = (name: string, send: (index: number) => Promise<unknown>): Promise<Measurement> =>
    measureRequests(stack, { name: `250 hosts: ${name}`, connections: 4, seconds, send });
  const results = [
    await measure('GET instructions', (index) => cluster.client.getNextSteps(at(index).hostId)),
    await measure('POST inventory, only its time differs', (index) => postInventory(cluster, at(index), index)),
    await measure('POST connectivity of 249 peers, unchanged', (index) => reply(cluster, at(index).hostId, 'connectivity-check', reportOf(at(index), cluster.machines, 0.4 + (index % 7) / 100))),
    await measure('POST inventory, the hostname changes', (index) => postInventory(cluster, { ...at(index), hostname: `node-${index % hostCount}-${index}` }, index)),
  ];
  await delay(1_000);
  await removeClusters(stack, [cluster]);
  return results;
}

function postInventory(cluster: BenchCluster, machine: MachineFacts, second: number): Promise<void> {
  return reply(cluster, machine.hostId, 'inventory', makeInventory(machine, new Date(Date.now() + second * 1_000)));
}
