import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { createActivities } from '../../activities/create-activities';
import type { ActivityDeps } from '../../activities/deps';
import type { DatabaseConnection } from '../../src/db/client';
import { buildWorkflowBundle } from '../../src/dev/build/build-workflow-bundle';
import { devSettings } from '../../src/dev/settings';
import type { Store } from '../../src/store/store';
import { createClusterMessenger, type ClusterMessenger } from '../../src/temporal/cluster-messenger';
import { startWorkers, type RunningWorkers } from '../../src/temporal/create-workers';
import { clusterSearchAttributes } from '../../workflows/cluster/search-attributes';
import type { ActivityFaults } from './activity-faults';
import { createClusterNotifier } from '../../src/temporal/cluster-notifier';
import { databaseDeps } from './activity-deps';
import type { ClusterLife } from './cluster-life';
import { createTestStore } from '../store/create-test-store';
import { getPart } from './parts';
import { startPatiently } from './start-patiently';
import { openTestDatabase } from './test-database';
import { createTimeSkippingEnvironment } from './time-skipping';

export interface WorkflowServiceOptions {
  /** A server whose time skips while a test waits. */
  timeSkipping?: boolean;
  /** Activities fail where a test says so. */
  faults?: ActivityFaults;
  /** The workers' own way to the database; without it they share the tests'. */
  workerDatabase?: (url: string) => Promise<DatabaseConnection>;
}

export interface WorkflowService {
  /** Every cluster that was played on this service. */
  lives: ClusterLife[];
  environment: TestWorkflowEnvironment;
  database: DatabaseConnection & { url: string };
  deps: ActivityDeps;
  /** Holds the state objects of the clusters. */
  stateStore: Store;
  messenger: ClusterMessenger;
  /** Stops the workers; workflows stay. */
  stopWorkers(): Promise<void>;
  startWorkers(): Promise<void>;
  close(): Promise<void>;
}

Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('ERROR') });

/** Workers on a Temporal server and a database of their own. */
export async function startWorkflowService(
  parts: (base: DatabaseConnection) => Partial<ActivityDeps> = () => ({}),
  { timeSkipping = false, faults, workerDatabase }: WorkflowServiceOptions = {},
): Promise<WorkflowService> {
  const [environment, database, bundlePath, { store: stateStore }] = await Promise.all([
    timeSkipping ? createTimeSkippingEnvironment() : createLocalEnvironment(),
    openTestDatabase(),
    buildWorkflowBundle(),
    createTestStore(),
  ]);
  const messenger = createClusterMessenger(environment.client);
  const deps = databaseDeps(database, {
    notifier: createClusterNotifier(messenger),
    stateStore,
    ...parts(database),
  });
  const own = await workerDatabase?.(database.url);
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const activities = createActivities(own ? { ...deps, db: own.db } : deps);
  let workers: RunningWorkers | undefined;
  const start = async (): Promise<void> => {
    workers = await startWorkers({
      address: environment.address,
      namespace: environment.namespace ?? 'default',
      activities: faults?.wrap(activities) ?? activities,
      workflows: { bundlePath },
      maxCachedWorkflows: 50,
      amsRequestsPerSecond: 100,
      log,
    });
  };
  await start();
  return {
    lives: [],
    environment,
    database,
    deps,
    stateStore,
    messenger,
    startWorkers: start,
    async stopWorkers() {
      await workers?.shutdown();
      workers = undefined;
    },
    async close() {
      await workers?.shutdown();
      await environment.teardown();
      await Promise.all([database.close(), own?.close()]);
      stateStore.close();
    },
  };
}

async function createLocalEnvironment(): Promise<TestWorkflowEnvironment> {
  const { executable } = await getPart('temporalCli');
  return startPatiently(() => TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: executable },
      searchAttributes: clusterSearchAttributes,
      extraArgs: Object.entries(devSettings.temporal.dynamicConfig).flatMap(([key, value]) => [
        '--dynamic-config-value',
        `${key}=${JSON.stringify(value)}`,
      ]),
    },
  }));
}
