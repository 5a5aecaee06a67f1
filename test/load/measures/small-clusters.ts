import { randomUUID } from 'node:crypto';
import { makeInventory } from '../../../src/sim/machine/make-inventory';
import type { BenchStack } from '../bench-stack';
import type { Measurement } from '../measurement';
import type { BenchOptions } from '../options';
import { createBenchCluster, inParallel, removeClusters, reply, type BenchCluster } from '../population';
import { measureRequests } from '../requests/measure-requests';
import { createBenchApi, registerCluster } from '../service';

const hostsPerCluster = 3;
const connections = 16;
/** CPU milliseconds a request, service and Postgres. The Go service of the same API took 3.3, 6.3, 6.6 and 5.0: a fifth, an eighth, a third, no more. */
const goals = { getCluster: 0.66, sameInventory: 0.79, newInventory: 2.2, registerHost: 5 };

/** What the requests of users and agents of ordinary clusters cost, and listing all of them. */
export async function measureSmallClusters(stack: BenchStack, { clusters, seconds }: BenchOptions): Promise<Measurement[]> {
  const api = createBenchApi(stack.file, AbortSignal.timeout(600_000));
  const made = await inParallel(clusters, () => createBenchCluster(stack, hostsPerCluster));
  const added: string[] = [];
  const at = (index: number): BenchCluster => made[index % made.length] as BenchCluster;
  const inventory = (index: number, hostname?: string): Promise<void> => {
    const cluster = at(index);
    const machine = cluster.machines[Math.floor(index / made.length) % hostsPerCluster];
    if (machine === undefined) return Promise.resolve();
    return reply(cluster, machine.hostId, 'inventory', makeInventory(hostname === undefined ? machine : { ...machine, hostname }, new Date(Date.now() + index * 1_000)));
  };
  const measure = (name: string, goal: number | undefined, send: (index: number) => Promise<unknown>, count = connections): Promise<Measurement> =>
    measureRequests(stack, { name, connections: count, seconds, send, ...(goal !== undefined && { goal }) });
  const results = [
    await measure('GET cluster with 3 hosts', goals.getCluster, (index) => api.get(at(index).id)),
    await measure('POST inventory, only its time differs', goals.sameInventory, (index) => inventory(index)),
    await measure('POST inventory, the hostname changes', goals.newInventory, (index) => inventory(index, `renamed-${index}`)),
    await measure('POST hosts', goals.registerHost, (index) => at(index).client.registerHost(randomUUID())),
    await measure('POST clusters', undefined, async () => void added.push((await registerCluster(api, stack.file)).id)),
    await measure(`GET list of ${clusters + added.length} clusters, one at a time`, undefined, () => api.list(), 1),
  ];
  await inParallel(added.length, (index) => api.deregister(added[index] ?? ''));
  await removeClusters(stack, made);
  return results;
}
