import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWorkflowBundle } from '../../src/dev/build/build-workflow-bundle';
import { checkout } from '../../src/dev/checkout';
import { baseImageAddress, ensureBaseImage } from '../../src/iso/base-image';
import { keptPartBytes, keptPartsFolder } from '../../src/iso/kept-parts';
import { startBaseImage } from '../../src/temporal/start-standing-workflows';
import { baseImageWorkflowId } from '../../workflows/images/contract';
import { listAllKeys } from '../store/list-all-keys';
import { createTestStore, type TestStore } from '../store/create-test-store';
import { makeLiveImage } from '../support/live-image';
import type { WorkerOrder } from '../support/worker-order';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

const rhcos = '48.84.202109241901-0';
const content = makeLiveImage(5 * keptPartBytes + 4_711);
const sha256 = createHash('sha256').update(content).digest('hex');
/** What the first worker gets before the source falls silent. */
const servedParts = 3;
const ranges: (string | undefined)[] = [];
let source: Server;
let url: string;
let images: TestStore;
let service: WorkflowService;
let child: ChildProcess | undefined;

beforeAll(async () => {
  source = createServer((request, response) => {
    ranges.push(request.headers.range);
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(from > 0 ? 206 : 200, {
      etag: '"v1"', 'content-length': content.length - from, ...(from > 0 && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
    });
    if (ranges.length === 1) response.write(content.subarray(0, servedParts * keptPartBytes));
    else response.end(content.subarray(from));
  });
  source.listen(0, '127.0.0.1');
  await once(source, 'listening');
  url = `http://127.0.0.1:${(source.address() as AddressInfo).port}/live.iso`;
  images = await createTestStore();
  service = await startWorkflowService(() => ({
    baseImages: {
      publish: (version, signal) => ensureBaseImage(images.store, version, { url, sha256 }, { signal }),
      makeMinimal: async () => ({ key: 'minimal', sizeBytes: 1, made: true }),
    },
  }));
});
afterAll(async () => {
  child?.kill('SIGKILL');
  source.closeAllConnections();
  source.close();
  await service.close();
  images.store.close();
});

async function startWorkerProcess(): Promise<ChildProcess> {
  await service.stopWorkers();
  const { environment, database } = service;
  const order: WorkerOrder = {
    address: environment.address, namespace: environment.namespace ?? 'default', databaseUrl: database.url, bundlePath: await buildWorkflowBundle(),
    baseImages: { store: images.options, url, sha256 }, ams: { baseUrl: url, tokenUrl: url, clientId: 'unused', clientSecret: 'unused' },
  };
  const started = spawn(process.execPath, ['--import', 'tsx', join(checkout, 'test/support/worker-process.ts'), JSON.stringify(order)], { cwd: checkout, stdio: ['ignore', 'pipe', 'ignore'] });
  child = started;
  if (!started.stdout) throw new Error('the process has no output');
  await once(started.stdout, 'data');
  return started;
}

describe('a worker that is killed while it fetches a base image', () => {
  it('is followed by one that fetches only what is not stored yet', async () => {
    const worker = await startWorkerProcess();
    await startBaseImage(service.environment.client, rhcos);
    await expect.poll(async () => (await listAllKeys(images.store, 'private', keptPartsFolder(rhcos))).filter((key) => /\/\d{5}$/.test(key)).length, { timeout: 120_000, interval: 100 }).toBe(servedParts);
    const ended = once(worker, 'exit');
    worker.kill('SIGKILL');
    await ended;
    expect(await images.store.headObject(baseImageAddress(rhcos))).toBeUndefined();

    await service.startWorkers();
    expect(await service.environment.client.workflow.getHandle(baseImageWorkflowId(rhcos)).result()).toMatchObject({ sizeBytes: content.length, fetched: true });
    expect(ranges).toEqual([undefined, `bytes=${servedParts * keptPartBytes}-`]);
    expect((await images.store.readObject(baseImageAddress(rhcos))).equals(content)).toBe(true);
    expect(await listAllKeys(images.store, 'private', keptPartsFolder(rhcos))).toEqual([]);
  }, 300_000);
});
