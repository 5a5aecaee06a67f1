import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { NativeConnection, Worker } from '@temporalio/worker';
import { amsTaskQueue, decisionsTaskQueue, ioTaskQueue } from '../../workflows/cluster/contract';

export interface WorkersOptions {
  address: string;
  namespace: string;
  activities: object;
  /** Path of a prebuilt bundle, or of the workflows' entry to bundle now. */
  workflows: { bundlePath: string } | { entryPath: string };
  maxCachedWorkflows: number;
  /** Pushes to AMS a second, over all workers of all processes. */
  amsRequestsPerSecond: number;
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void; error(fields: object, message: string): void };
}

export interface RunningWorkers {
  /** Settles when the workers have stopped; rejects when one failed. */
  done: Promise<void>;
  /** Stops taking tasks and waits for those under way. */
  shutdown(): Promise<void>;
}

/** How long activities under way may go on when the process is asked to stop; then they are cancelled and run again elsewhere. */
const shutdownGraceTime = '1500ms';

/**
 * Starts the workers of the three task queues: decisions (workflows and short database work), io (images and artefacts), ams.
 * Waits for Temporal as long as it takes.
 */
export async function startWorkers(options: WorkersOptions): Promise<RunningWorkers> {
  const connection = await connectWhenUp(options);
  const common = { connection, namespace: options.namespace, activities: options.activities, shutdownGraceTime } as const;
  const workers = await Promise.all([
    Worker.create({
      ...common,
      ...('bundlePath' in options.workflows
        ? { workflowBundle: { code: await readFile(options.workflows.bundlePath, 'utf8') } }
        : { workflowsPath: options.workflows.entryPath }),
      taskQueue: decisionsTaskQueue,
      maxCachedWorkflows: options.maxCachedWorkflows,
      workflowThreadPoolSize: 1,
      maxConcurrentLocalActivityExecutions: 20,
      maxConcurrentActivityTaskExecutions: 10,
    }),
    Worker.create({ ...common, taskQueue: ioTaskQueue, maxConcurrentActivityTaskExecutions: 10 }),
    Worker.create({ ...common, taskQueue: amsTaskQueue, maxConcurrentActivityTaskExecutions: 10, maxTaskQueueActivitiesPerSecond: options.amsRequestsPerSecond }),
  ]);
  const runs = workers.map((worker) => worker.run());
  const done = Promise.all(runs).then(() => connection.close());
  return {
    done,
    async shutdown() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await done.catch(() => undefined);
    },
  };
}

async function connectWhenUp({ address, log }: WorkersOptions): Promise<NativeConnection> {
  for (let pause = 250; ; pause = Math.min(5_000, pause * 2)) {
    try {
      return await NativeConnection.connect({ address });
    } catch (error) {
      log.warn({ address, reason: error instanceof Error ? error.message : 'unknown' }, 'Temporal cannot be reached yet.');
    }
    await delay(pause);
  }
}
