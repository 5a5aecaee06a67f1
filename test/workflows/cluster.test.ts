import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertIntent } from '../../src/db/intents';
import { loadSnapshot } from '../../src/db/load-snapshot';
import type { ClusterIntent } from '../../src/domain/cluster/intents';
import { registerHost } from '../../src/services/hosts/register-host';
import { RefusedError } from '../../src/temporal/errors';
import { clusterWorkflowId } from '../../workflows/cluster/contract';
import type { Explanation } from '../../workflows/cluster/explain';
import { registerIntent } from '../support/register-intent';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

let service: WorkflowService;

beforeAll(async () => {
  service = await startWorkflowService(() => ({
    images: { build: () => Promise.resolve({ sizeBytes: 1 }), find: () => Promise.resolve(undefined), remove: () => Promise.resolve() },
  }));
});
afterAll(() => service.close());

async function send(clusterId: string, body: ClusterIntent): Promise<void> {
  const id = randomUUID();
  await insertIntent(service.database.db, { id, clusterId, requestId: id, userName: 'user', body, ...(body.operation === 'register' && { secret: service.deps.secretBox.seal('{}') }), at: new Date() });
  const message = { requestId: id, intentId: id };
  if (body.operation === 'register') await service.messenger.register(clusterId, message, { name: body.name, baseDnsDomain: body.baseDnsDomain });
  else await service.messenger.update(clusterId, body.operation, message);
}

async function register(changes = {}): Promise<string> {
  const clusterId = randomUUID();
  await send(clusterId, registerIntent(changes));
  return clusterId;
}

const handleOf = (clusterId: string) => service.environment.client.workflow.getHandle(clusterWorkflowId(clusterId));
const explain = (clusterId: string) => handleOf(clusterId).query<Explanation>('explain');

describe('the workflow of a cluster', () => {
  it('registers a cluster and shows it in Temporal', async () => {
    const clusterId = await register({ name: 'shown' });
    expect(await explain(clusterId)).toMatchObject({ name: 'shown', phase: 'discover', status: 'pending-for-input', revision: 1 });
    const description = await handleOf(clusterId).describe();
    expect(description.memo).toEqual({ name: 'shown', baseDnsDomain: 'example.com' });
    expect(Object.fromEntries(description.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]))).toMatchObject({ ClusterStatus: 'pending-for-input', OrgId: '1000001', HostCount: 0, AttentionNeeded: false });
    const { currentDetails } = await handleOf(clusterId).query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(currentDetails).toContain('**shown**.example.com is in phase *discover*, status `pending-for-input`');
    expect(currentDetails).toMatch(/Next deadline: inactivity warning at 20\d\d-/);
  });

  it('refuses what the state does not permit with the reason of the domain', async () => {
    const clusterId = await register();
    await expect(send(clusterId, { operation: 'install' })).rejects.toSatisfy((error) => error instanceof RefusedError && error.refusal.type === 'Conflict');
  });

  it('sees a registered host by its signal', async () => {
    const clusterId = await register();
    const hostId = randomUUID();
    await registerHost({ ...service.deps, messenger: service.messenger }, clusterId, { hostId, discoveryAgentVersion: 'latest' });
    await expect.poll(async () => (await explain(clusterId)).hosts).toMatchObject([{ id: hostId, status: 'discovering' }]);
  });

  it('applies many concurrent updates and signals, each once, and every history replays', async () => {
    const clusterId = await register();
    const hosts = Array.from({ length: 4 }, () => randomUUID());
    await Promise.all([
      ...hosts.map((hostId) => registerHost({ ...service.deps, messenger: service.messenger }, clusterId, { hostId, discoveryAgentVersion: 'latest' })),
      ...Array.from({ length: 8 }, (_, n) => send(clusterId, { operation: 'updateCluster', additionalNtpSource: `10.0.0.${n + 1}` })),
      ...Array.from({ length: 8 }, () => service.messenger.signal(clusterId, 'factsChanged', { what: 'test' })),
    ]);
    await expect.poll(async () => (await explain(clusterId)).hosts.length).toBe(4);
    const { replayHistory } = await import('../support/replay-history');
    await replayHistory(service.environment, clusterWorkflowId(clusterId));
  });

  it('deregisters a cluster; later updates find nothing', async () => {
    const clusterId = await register();
    await send(clusterId, { operation: 'deregister' });
    expect((await loadSnapshot(service.database.db, clusterId))?.row.deletedAt).toBeInstanceOf(Date);
    expect(await explain(clusterId)).toMatchObject({ phase: 'retire', nextDeadline: { name: 'permanent deletion' } });
    await expect(send(clusterId, { operation: 'install' })).rejects.toSatisfy((error) => error instanceof RefusedError && error.refusal.type === 'NotFound');
  });

  it('goes on after its workers were gone', async () => {
    const clusterId = await register();
    await service.stopWorkers();
    const hostId = randomUUID();
    await registerHost({ ...service.deps, messenger: service.messenger }, clusterId, { hostId, discoveryAgentVersion: 'latest' });
    await service.startWorkers();
    await expect.poll(async () => (await explain(clusterId)).hosts.length).toBe(1);
  });
});
