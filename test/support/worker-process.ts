import { createActivities } from '../../activities/create-activities';
import { createAmsClient } from '../../src/ams/ams-client';
import { connectDatabase } from '../../src/db/client';
import { startWorkers } from '../../src/temporal/create-workers';
import { databaseDeps } from './activity-deps';
import type { WorkerOrder } from './worker-order';
import { testColumnKey } from './column-key';

const order = JSON.parse(process.argv[2] ?? '') as WorkerOrder;
const database = connectDatabase({ url: order.databaseUrl, max: 5, applicationName: 'worker process of a test', columnKey: testColumnKey });
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
await startWorkers({
  address: order.address,
  namespace: order.namespace,
  activities: createActivities(databaseDeps(database, { subscriptions: createAmsClient({ ...order.ams, timeoutMs: 8_000 }) })),
  workflows: { bundlePath: order.bundlePath },
  maxCachedWorkflows: 10,
  amsRequestsPerSecond: 100,
  log: silent,
});
process.stdout.write('ready\n');
