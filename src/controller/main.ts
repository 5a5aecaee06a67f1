import { constants } from 'node:os';
import { multistream, pino } from 'pino';
import type { ControllerEvent } from '../agent/protocol/controller/controller-run';
import { findProgram } from '../programs/find-program';
import { runProgram } from '../programs/run-program';
import { LogMemory } from './logs/log-memory';
import { readSettings, SettingsError } from './settings';
import { startController, type ControllerWiring } from './start-controller';

/** As if the signal had ended the process: with 0 a job would count as done, and nobody would take up its work. */
const codeOf = (signal: 'SIGINT' | 'SIGTERM'): number => 128 + constants.signals[signal];
/** Beside what the pod prints, as much is kept for the service. */
const keptLog = 5_000_000;

/** The vendor's client, where the image has it. */
function findClient(path: string): Pick<ControllerWiring, 'client'> {
  const program = findProgram('oc', path);
  return program === undefined ? {} : { client: { run: runProgram, program, path } };
}

async function main(): Promise<number> {
  const memory = new LogMemory(keptLog);
  const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, multistream([{ stream: process.stdout }, { stream: memory }]));
  const observe = (event: ControllerEvent): void => {
    if (event.kind === 'controller') log.info(event.what);
    else log.info({ host: event.hostId }, `host is ${event.stage}`);
  };
  const off = new AbortController();
  let stopped = 0;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopped = codeOf(signal);
      off.abort(new Error(`stopped by ${signal}`));
    });
  }
  try {
    const settings = readSettings(process.argv.slice(2), process.env);
    log.info({ cluster: settings.clusterId, service: settings.inventoryUrl, openshift: settings.openshiftVersion }, 'controller');
    const wiring = { observe, readLog: () => memory.text(), proxies: process.env, ...findClient(process.env['PATH'] ?? '') };
    log.info(`the installation ended: ${await startController(settings, wiring, off.signal)}`);
    return 0;
  } catch (error) {
    if (off.signal.aborted) return stopped;
    log.error(error instanceof Error ? error.message : String(error));
    return error instanceof SettingsError ? 2 : 1;
  }
}

// The loops have ended; connections that are kept alive must not hold the pod.
process.exitCode = await main();
process.exit();
