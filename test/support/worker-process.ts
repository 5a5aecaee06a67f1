import { createActivities } from '../../activities/create-activities';
import { createAmsClient } from '../../src/ams/ams-client';
import { connectDatabase } from '../../src/db/client';
import { ensureBaseImage } from '../../src/iso/base-image';
import { createStore } from '../../src/store/create-store';
import { startWorkers } from '../../src/temporal/create-workers';
import { databaseDeps } from './activity-deps';
import type { WorkerOrder } from './worker-order';
import { testColumnKey } from './column-key';

const order = JSON.parse(process.argv[2] ?? '') as WorkerOrder;
const database = connectDatabase({ url: order.databaseUrl, max: 5, applicationName: 'worker process of a test', columnKey: testColumnKey });
const { baseImages } = order;
const publishing = baseImages && {
  publish: (version: string, signal: AbortSignal, onProgress: (progress: string) => void) =>
    ensureBaseImage(createStore(baseImages.store), version, baseImages, { signal, onProgress: (bytes) => onProgress(`${bytes} bytes`) }),
  makeMinimal: () => Promise.reject(new Error('making minimal images is not part of this test')),
};
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
await startWorkers({
  address: order.address,
  namespace: order.namespace,
  activities: createActivities(databaseDeps(database, { subscriptions: createAmsClient({ ...order.ams, timeoutMs: 8_000 }), ...(publishing && { baseImages: publishing }) })),
  workflows: { bundlePath: order.bundlePath },
  maxCachedWorkflows: 10,
  amsRequestsPerSecond: 100,
  log: silent,
});
process.stdout.write('ready\n');
