import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepOnce } from '../../activities/sweep';
import { connectDatabase } from '../../src/db/client';
import { createClusterMessenger } from '../../src/temporal/cluster-messenger';
import { createTemporalClient } from '../../src/temporal/connect';
import { UnavailableError } from '../../src/temporal/errors';
import { ClusterLife } from '../support/cluster-life';
import { findFreePort } from '../support/free-port';
import { plantedSecrets } from '../support/object-makers';
import { countEvents, fetchRunHistories, textOf } from '../support/run-histories';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy';
import { verifyHistories } from '../support/verify-histories';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';
import { testColumnKey } from '../support/column-key';

let service: WorkflowService;
let proxy: TcpProxy;
const slow = { timeout: 30_000, interval: 100 };

beforeAll(async () => {
  service = await startWorkflowService(() => ({}), {
    async workerDatabase(url) {
      const address = new URL(url);
      proxy = await startTcpProxy({ host: address.hostname, port: Number(address.port) });
      address.port = String(proxy.port);
      return connectDatabase({ url: address.href, max: 5, applicationName: 'worker', columnKey: testColumnKey });
    },
  });
});
afterAll(async () => {
  await service.close();
  await proxy.close();
});

const register = (): Promise<ClusterLife> => new ClusterLife(service).register();

describe('while the database cannot be reached', () => {
  it('a change is refused as unavailable, and everything is applied once it is back', async () => {
    const life = await register();
    proxy.cut();
    const key = `key-${life.clusterId}`;
    await expect(life.do({ operation: 'updateCluster', name: 'later' }, key)).rejects.toMatchObject({ kind: 'Unavailable' });
    await service.messenger.signal(life.clusterId, 'factsChanged', { what: 'test' });
    await expect.poll(async () => (await life.explain()).refreshFailures, slow).toBeGreaterThan(0);
    proxy.restore();
    await life.registerHosts(2);
    await life.do({ operation: 'updateCluster', name: 'later' }, key);
    expect(await life.explain()).toMatchObject({ name: 'later', refreshFailures: 0, attentionNeeded: null });
    expect(countEvents(await fetchRunHistories(service.environment.client, life.workflowId))).toBeLessThan(100);
  });

  it('an attempt that was given up while it waited commits nothing later', async () => {
    const life = await register();
    const key = `key-${life.clusterId}`;
    const refused = await service.database.sql.begin(async (tx) => {
      await tx`SELECT 1 FROM cluster_versions WHERE cluster_id = ${life.clusterId} FOR UPDATE`;
      return life.do({ operation: 'updateCluster', name: 'too-late' }, key).catch((error: unknown) => error);
    });
    expect(refused).toMatchObject({ kind: 'Unavailable' });
    await expect.poll(async () => (await life.explain()).refreshFailures, slow).toBe(0);
    const [intent] = await service.database.sql`SELECT status FROM intents WHERE request_id = ${key}`;
    expect(intent).toMatchObject({ status: 'pending' });
    expect(await life.explain()).toMatchObject({ name: 'pilot', attentionNeeded: null });
    await life.do({ operation: 'updateCluster', name: 'too-late' }, key);
    expect((await life.snapshot()).cluster.name).toBe('too-late');
  });

  it('a registration is refused as unavailable, and no value of its query is kept in the history', async () => {
    const life = new ClusterLife(service);
    const httpProxy = `http://user:${plantedSecrets.password}@proxy.example.com`;
    await service.database.sql`ALTER TABLE clusters ADD CONSTRAINT test_never CHECK (name <> 'never')`;
    await expect(life.registerOnce({ name: 'never', httpProxy })).rejects.toMatchObject({ kind: 'Unavailable' });
    const text = (await fetchRunHistories(service.environment.client, life.workflowId)).map(textOf).join('\n');
    expect(text).toContain('The database did not do what it was asked for (23514)');
    expect(text).not.toContain(plantedSecrets.password);
  });
});

describe('while a worker is killed', () => {
  it('whatever it had begun is finished by the next one', async () => {
    const life = await (await register()).discover();
    const preparation = life.do({ operation: 'updateCluster', additionalNtpSource: '10.1.1.1' });
    await service.stopWorkers();
    await service.startWorkers();
    await preparation;
    await life.registerHosts(1);
    expect((await life.snapshot()).cluster.additionalNtpSource).toBe('10.1.1.1');
  });
});

describe('a cluster that has lost its workflow', () => {
  it('gets it again by the sweep and goes on', async () => {
    const life = await register();
    await service.environment.client.workflow.getHandle(life.workflowId).terminate('test');
    await expect(life.do({ operation: 'updateCluster', name: 'orphan' })).rejects.toMatchObject({ kind: 'Unavailable' });
    const sweep = { ...service.deps.sweep, lagMs: 0 };
    await expect.poll(async () => (await sweepOnce(service.deps, sweep, new Date(Date.now() + 1_000))).told, slow).toBeGreaterThan(0);
    await expect.poll(async () => (await life.explain()).phase, slow).toBe('discover');
    await life.do({ operation: 'updateCluster', name: 'found' });
    expect(await life.explain()).toMatchObject({ name: 'found', status: 'pending-for-input', attentionNeeded: null });
  });
});

describe('while Temporal cannot be reached', () => {
  it('messages end as unavailable instead of waiting', async () => {
    const { client, connection } = createTemporalClient({ address: `127.0.0.1:${await findFreePort()}`, namespace: 'default' });
    const messenger = createClusterMessenger(client);
    const message = { requestId: 'request', intentId: randomUUID() };
    const attempts = [
      messenger.register(randomUUID(), message, { name: 'pilot', baseDnsDomain: '' }),
      messenger.update(randomUUID(), 'install', message),
      messenger.signal(randomUUID(), 'factsChanged', { what: 'test' }),
    ];
    for (const result of await Promise.allSettled(attempts)) {
      expect(result).toMatchObject({ status: 'rejected', reason: expect.any(UnavailableError) });
    }
    await connection.close();
  });
});

describe('everything that was played here', () => {
  it('replays and shows no secret', async () => {
    await verifyHistories(service);
  });
});
