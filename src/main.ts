import { serve } from '@hono/node-server';
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import { ConfigurationError, loadSettings } from './config/load';
import { keepForgetting } from './main/forget-metrics';
import { startMigration } from './main/start-migration';
import { createApi } from './main/run-api';
import { recoveryDeps, runRecovery } from './main/run-recovery';
import { runWorker } from './main/run-worker';
import { startRecovery } from './main/start-recovery';
import { createStatusApp } from './main/status-app';
import { createWorld, type World } from './main/world';

/** How long requests and activities under way may take to end when the process is asked to stop. */
const stopWithinMs = 15_000;

/**
 * A client may take so long to send its headers, and a whole request: logs of a large cluster come over slow lines, and what is not
 * sent by then never will be.
 */
const connectionLimits = { headersTimeout: 30_000, requestTimeout: 15 * 60_000 };

async function main(): Promise<void> {
  const world = createWorldOrExit();
  const { settings, log } = world;
  log.info({ staticNetwork: world.connections.implementation }, 'Static networks of hosts are made by the program named here.');
  const stopping = untilAskedToStop();
  keepForgetting(world);
  const migration = startMigration(world);
  if (settings.ROLE === 'recover') process.exit(await runRecovery(world, migration.done));
  const worker = settings.ROLE === 'api' ? undefined : runWorker(world, migration.done);
  const recovery = startRecovery(recoveryDeps(world), { migrated: migration.done, migrate: migration.again, hasWorkers: worker !== undefined });
  const reasons = (): string[] => [...migration.reasons(), ...recovery.reasons(), ...(worker?.reasons() ?? [])];
  const api = settings.ROLE === 'worker' ? undefined : createApi(world, readVersion(), { migration: migration.reasons, recovery, worker: () => worker?.reasons() ?? [] });
  const app = api?.app ?? createStatusApp(world.metrics, reasons);
  const server = serve({ fetch: app.fetch, port: settings.PORT, hostname: settings.LISTEN_ADDRESS, serverOptions: { ...connectionLimits } });
  server.on('error', (error: Error) => {
    log.error({ port: settings.PORT, reason: error.message }, 'The port cannot be listened on.');
    process.exit(1);
  });
  server.once('listening', () => log.info({ port: settings.PORT }, 'Listening.'));

  const failed = worker?.done.then(() => undefined, (error: unknown) => error);
  const fault = await Promise.race([stopping, ...(failed ? [failed] : [])]);
  if (fault instanceof Error) log.error({ reason: fault.message }, 'The workers failed.');
  log.info({}, 'Stopping.');
  await Promise.race([stop(), delay(stopWithinMs)]);
  process.exit(fault instanceof Error ? 1 : 0);

  async function stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    if ('closeIdleConnections' in server) server.closeIdleConnections();
    recovery.stop();
    await Promise.all([closed, worker?.stop()]);
    await api?.stop();
    world.store.close();
    await Promise.all([world.database.close(), world.temporal.connection.close()]);
  }
}

function createWorldOrExit(): World {
  try {
    return createWorld(loadSettings(process.env));
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(2);
  }
}

function readVersion(): string {
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
  return version;
}

function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}

await main();
