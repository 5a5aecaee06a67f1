import { Client, Connection } from '@temporalio/client';
import { createFleet } from '../../../src/sim/fleet';
import { paces } from '../../../src/sim/pace';
import type { BenchStack } from '../bench-stack';
import type { Measurement } from '../measurement';
import { createBenchApi, registerCluster, waitForCluster } from '../service';

const limitMs = 180_000;

/** History events of a cluster's workflow over all its runs. */
async function countHistoryEvents({ file }: BenchStack, clusterId: string): Promise<number> {
  const connection = await Connection.connect({ address: file.temporal_address });
  try {
    const client = new Client({ connection, namespace: file.temporal_namespace });
    const workflowId = `cluster-${clusterId}`;
    const current = await client.workflow.getHandle(workflowId).describe();
    let events = current.historyLength;
    for await (const run of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
      if (run.runId !== current.runId) events += run.historyLength;
    }
    return events;
  } finally {
    await connection.close();
  }
}

/** Wall time and history of an installation with three simulated servers that wait as little as they may. */
export async function measureInstallation(stack: BenchStack): Promise<Measurement[]> {
  const { file } = stack;
  const signal = AbortSignal.timeout(limitMs);
  const api = createBenchApi(file, signal);
  const started = performance.now();
  const { id } = await registerCluster(api, file);
  const fleet = createFleet({ url: file.api_url, clusterId: id, token: file.agent_token, hostCount: 3, pace: paces.minimum });
  const servers = fleet.run(signal);
  servers.catch(() => undefined);
  await waitForCluster(api, id, signal, ({ hosts }) => (hosts ?? []).filter((host) => host.inventory).length === 3);
  await api.update(id, { api_vip: fleet.network.apiVip, ingress_vip: fleet.network.ingressVip });
  await waitForCluster(api, id, signal, ({ status }) => status === 'ready');
  const readyAfter = (performance.now() - started) / 1000;
  await api.install(id);
  await servers;
  const installedAfter = (performance.now() - started) / 1000;
  const events = await countHistoryEvents(stack, id);
  await api.deregister(id);
  return [
    { name: 'installation of 3 hosts, wall time', value: installedAfter, unit: 's', goal: 30, note: `registration to installed; ready after ${readyAfter.toFixed(1)} s` },
    { name: 'installation of 3 hosts, history', value: events, unit: 'events', goal: 400, note: 'image written in 5 % steps' },
  ];
}
