import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAmsClient } from '../../src/ams/ams-client';
import { buildWorkflowBundle } from '../../src/dev/build/build-workflow-bundle';
import { checkout } from '../../src/dev/checkout';
import { accountsPath, serviceAccount, startTestStandin, type TestStandin } from '../ams-standin/test-standin';
import { ClusterLife } from '../support/cluster-life';
import { verifyHistories } from '../support/verify-histories';
import type { WorkerOrder } from '../support/worker-order';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

let service: WorkflowService;
let ams: TestStandin;
let account: WorkerOrder['ams'];
const processes: ChildProcess[] = [];
const slow = { timeout: 60_000, interval: 100 };

beforeAll(async () => {
  ams = await startTestStandin();
  account = { baseUrl: ams.url, tokenUrl: ams.tokenUrl, clientId: serviceAccount.client_id, clientSecret: serviceAccount.client_secret };
  service = await startWorkflowService(() => ({ subscriptions: createAmsClient({ ...account, timeoutMs: 5_000 }) }));
});
afterEach(() => {
  for (const child of processes.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await service.close();
  await ams.close();
});

/** A worker in a process of its own, in the place of this process's. */
async function startWorkerProcess(): Promise<ChildProcess> {
  await service.stopWorkers();
  const { environment, database } = service;
  const order: WorkerOrder = { address: environment.address, namespace: environment.namespace ?? 'default', databaseUrl: database.url, bundlePath: await buildWorkflowBundle(), ams: account };
  const child = spawn(process.execPath, ['--import', 'tsx', join(checkout, 'test/support/worker-process.ts'), JSON.stringify(order)], { cwd: checkout, stdio: ['ignore', 'pipe', 'ignore'] });
  processes.push(child);
  if (!child.stdout) throw new Error('the process has no output');
  await once(child.stdout, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  await service.startWorkers();
}

async function hitsOf(index: number): Promise<number | undefined> {
  return ((await (await fetch(`${ams.url}/faults`)).json()) as { hits: number }[])[index]?.hits;
}

async function listed(life: ClusterLife): Promise<{ id: string; status: string; display_name: string }[]> {
  const search = encodeURIComponent(`cluster_id = '${life.clusterId}'`);
  const response = await ams.call(await ams.serviceToken(), 'GET', `${accountsPath}/subscriptions?search=${search}`);
  return ((await response.json()) as { items: { id: string; status: string; display_name: string }[] }).items;
}

describe('a worker process that is killed', () => {
  it('after AMS made the subscription and before anybody noted it: another worker finds that one', async () => {
    const child = await startWorkerProcess();
    // The search before the creation is answered; the one after it is not, while the worker lives.
    await ams.arm({ match: { method: 'GET', path: 'subscriptions' }, delay_ms: 1 });
    await ams.arm({ match: { method: 'GET', path: 'subscriptions' }, delay_ms: 20_000 });
    const life = new ClusterLife(service);
    const registered = life.register();
    await expect.poll(() => hitsOf(1), slow).toBe(1);
    const [made] = await listed(life);
    expect(made).toMatchObject({ status: 'Reserved' });
    await kill(child);
    await registered;
    await expect.poll(async () => (await life.explain()).subscription.applied, slow).toBe('Reserved');
    expect(await listed(life)).toEqual([made]);
    await expect.poll(async () => (await life.snapshot()).cluster.amsSubscriptionId, slow).toBe(made?.id);
    await verifyHistories(service);
  }, 120_000);
});
