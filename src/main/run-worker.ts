import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { createActivities } from '../../activities/create-activities';
import { findMissingSearchAttributes } from '../temporal/check-search-attributes';
import { startWorkers } from '../temporal/create-workers';
import { installRuntime } from '../temporal/install-runtime';
import { retryBaseImage, startMonitor } from '../temporal/start-standing-workflows';
import { createActivityDeps } from './activity-deps';
import { createGenerator } from './create-generator';
import type { World } from './world';

export interface RunningRole {
  /** Rejects when the role cannot go on. */
  done: Promise<void>;
  stop(): Promise<void>;
  /** Why the role does not do its work yet; empty when it does. */
  reasons(): string[];
}

/** The worker role: workflows, activities, the monitor and the base images. Begins once the database is migrated. */
export function runWorker(world: World, migrated: Promise<void>): RunningRole {
  const { settings, log } = world;
  let reasons = ['The workers are not connected to Temporal yet.'];
  let stopped = false;
  let workers: Awaited<ReturnType<typeof startWorkers>> | undefined;
  installRuntime(log);
  const start = async (): Promise<void> => {
    await migrated;
    await retried(() => checkNamespace(world));
    workers = await startWorkers({
      address: settings.TEMPORAL_ADDRESS,
      namespace: settings.TEMPORAL_NAMESPACE,
      activities: createActivities(createActivityDeps(world)),
      workflows: settings.WORKFLOW_BUNDLE ? { bundlePath: settings.WORKFLOW_BUNDLE } : { entryPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)) },
      maxCachedWorkflows: settings.MAX_CACHED_WORKFLOWS,
      amsRequestsPerSecond: settings.OCM_REQUESTS_PER_SECOND,
      log,
    });
    reasons = ['The standing workflows are not started yet.'];
    await retried(() => startMonitor(world.temporal.client));
    reasons = [];
    // The object store may be away while everything else works: base images follow when it is back.
    void retried(() => publishBaseImages(world));
    log.info({ address: settings.TEMPORAL_ADDRESS, installation_generator: createGenerator(settings).description }, 'The workers are running.');
    await workers.done;
  };
  /** Repeats a step of the start until it succeeds or the process is stopped. */
  async function retried(step: () => Promise<void>): Promise<void> {
    for (let pause = 250; !stopped; pause = Math.min(5_000, pause * 2)) {
      try {
        return await step();
      } catch (error) {
        const reason = error instanceof Error ? error.message : 'unknown';
        if (!workers) reasons = [reason];
        log.warn({ reason }, 'A step of the start failed and is tried again.');
      }
      await delay(pause);
    }
  }
  return {
    done: start(),
    reasons: () => reasons,
    async stop() {
      stopped = true;
      await workers?.shutdown();
    },
  };
}

async function checkNamespace({ settings, temporal }: World): Promise<void> {
  const missing = await findMissingSearchAttributes(temporal.connection, settings.TEMPORAL_NAMESPACE);
  if (missing.length > 0) throw new Error(`Namespace ${settings.TEMPORAL_NAMESPACE} lacks the search attributes ${missing.join(', ')}.`);
}

async function publishBaseImages({ settings, store, temporal }: World): Promise<void> {
  await store.ensureBuckets();
  for (const version of Object.values(settings.OPENSHIFT_VERSIONS)) await retryBaseImage(temporal.client, version.rhcos_version);
}
