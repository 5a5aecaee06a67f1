import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { createActivities } from '../../activities/create-activities';
import type { ActivityDeps } from '../../activities/deps';
import type { DatabaseConnection } from '../../src/db/client';
import { buildWorkflowBundle } from '../../src/dev/build/build-workflow-bundle';
import { devSettings } from '../../src/dev/settings';
import { createClusterMessenger, type ClusterMessenger } from '../../src/temporal/cluster-messenger';
import { startWorkers, type RunningWorkers } from '../../src/temporal/create-workers';
import { clusterSearchAttributes } from '../../workflows/cluster/search-attributes';
import { databaseDeps } from './activity-deps';
import { getPart } from './parts';
import { openTestDatabase } from './test-database';

export interface WorkflowService {
  environment: TestWorkflowEnvironment;
  database: DatabaseConnection;
  deps: ActivityDeps;
  messenger: ClusterMessenger;
  /** Stops the workers; workflows stay. */
  stopWorkers(): Promise<void>;
  startWorkers(): Promise<void>;
  close(): Promise<void>;
}

Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('ERROR') });

/** Workers on a Temporal server and a database of their own. */
export async function startWorkflowService(parts: (base: DatabaseConnection) => Partial<ActivityDeps> = () => ({})): Promise<WorkflowService> {
  const { executable } = await getPart('temporalCli');
  const [environment, database, bundlePath] = await Promise.all([
    TestWorkflowEnvironment.createLocal({
      server: {
        executable: { type: 'existing-path', path: executable },
        searchAttributes: clusterSearchAttributes,
        extraArgs: Object.entries(devSettings.temporal.dynamicConfig).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${JSON.stringify(value)}`]),
      },
    }),
    openTestDatabase(),
    buildWorkflowBundle(),
  ]);
  const messenger = createClusterMessenger(environment.client);
  const deps = databaseDeps(database, { notifier: { factsChanged: (clusterId, what) => messenger.signal(clusterId, 'factsChanged', { what }) }, ...parts(database) });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  let workers: RunningWorkers | undefined;
  const start = async (): Promise<void> => {
    workers = await startWorkers({
      address: environment.address, namespace: environment.namespace ?? 'default', activities: createActivities(deps), workflows: { bundlePath }, maxCachedWorkflows: 50, amsRequestsPerSecond: 100, log,
    });
  };
  await start();
  return {
    environment, database, deps, messenger,
    startWorkers: start,
    async stopWorkers() {
      await workers?.shutdown();
      workers = undefined;
    },
    async close() {
      await workers?.shutdown();
      await environment.teardown();
      await database.close();
    },
  };
}
