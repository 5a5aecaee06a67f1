import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { registerHost } from '../../src/services/hosts/register-host';
import { createClusterMessenger, type ClusterMessenger } from '../../src/temporal/cluster-messenger';
import { ClusterLife } from '../support/cluster-life';
import { fetchRunHistories } from '../support/run-histories';
import { verifyHistories } from '../support/verify-histories';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

let service: WorkflowService;
beforeAll(async () => {
  service = await startWorkflowService();
});
afterAll(() => service.close());

it('hundreds of hosts that speak to several processes while no worker is there send their cluster one signal, and none is forgotten', async () => {
  const life = await new ClusterLife(service).register();
  await life.settled();
  await service.stopWorkers();

  const { client } = service.environment;
  const sent: Promise<void>[] = [];
  const processes = Array.from({ length: 6 }, () => {
    const messenger = createClusterMessenger(client);
    const signal: ClusterMessenger['signal'] = (...message) => {
      const sending = messenger.signal(...message);
      sent.push(sending);
      return sending;
    };
    return { db: service.database.db, messenger: { ...messenger, signal }, settings: service.deps.settings, log: service.deps.log, metrics: service.deps.metrics };
  });
  const hosts = processes.flatMap((deps) => Array.from({ length: 40 }, () => ({ deps, hostId: randomUUID() })));
  await Promise.all(hosts.map(({ deps, hostId }) => registerHost(deps, life.clusterId, { hostId, discoveryAgentVersion: 'v1' })));
  await Promise.all(sent);
  const events = (await fetchRunHistories(client, life.workflowId)).flatMap((history) => history.events ?? []);
  expect(events.filter((event) => event.workflowExecutionSignaledEventAttributes)).toHaveLength(1);

  await service.startWorkers();
  await life.settled(60_000);
  expect((await life.snapshot()).hosts.map(({ id }) => id).sort()).toEqual(hosts.map(({ hostId }) => hostId).sort());
  await verifyHistories(service);
}, 180_000);
