import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { spawnPart, type PartOwner, type RunningPart } from '../process/spawn-part';
import { devSettings } from '../settings';

export interface TemporalOptions {
  /** Path of the Temporal CLI. */
  executable: string;
  port: number;
  uiPort: number;
  /** SQLite file; left out, nothing is kept. */
  databaseFile?: string;
  logFile: string;
  owner?: PartOwner;
}

export interface TemporalServer extends RunningPart {
  /** host:port of the gRPC front end. */
  address: string;
  uiUrl: string;
}

/** Starts the Temporal development server with Web UI; ready when this resolves, search attributes included. */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  const { executable, port, uiPort, databaseFile } = options;
  if (databaseFile) mkdirSync(dirname(databaseFile), { recursive: true, mode: 0o700 });
  const part = spawnPart({
    name: 'temporal',
    command: [executable, ...temporalArguments({ port, uiPort, databaseFile })],
    logFile: options.logFile,
    owner: options.owner,
    stopSignal: 'SIGTERM',
    hurrySignal: 'SIGKILL',
    stopGraceMs: 10_000,
  });
  const uiUrl = `http://127.0.0.1:${uiPort}`;
  await part.untilReady(() => isReady(uiUrl), 60_000);
  return { ...part, address: `127.0.0.1:${port}`, uiUrl };
}

/** The arguments of `temporal` for the development server. */
export function temporalArguments({
  port,
  uiPort,
  databaseFile,
  ip = '127.0.0.1',
}: {
  port: number;
  uiPort: number;
  databaseFile?: string | undefined;
  ip?: string;
}): string[] {
  const { searchAttributes, dynamicConfig, sqlitePragmas } = devSettings.temporal;
  const pairs = (flag: string, values: object) => Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${String(value)}`]);
  return [
    ...['server', 'start-dev', '--ip', ip, '--port', String(port), '--ui-port', String(uiPort)],
    ...(databaseFile ? ['--db-filename', databaseFile, ...pairs('--sqlite-pragma', sqlitePragmas)] : []),
    ...pairs('--search-attribute', searchAttributes),
    ...pairs('--dynamic-config-value', dynamicConfig),
    ...['--log-level', 'warn', '--log-format', 'json'],
  ];
}

/** The Web UI forwards to the front end, so its answer shows both to be up. */
async function isReady(uiUrl: string): Promise<boolean> {
  const response = await fetch(`${uiUrl}/api/v1/namespaces/${devSettings.temporal.namespace}/search-attributes`, {
    signal: AbortSignal.timeout(2_000),
  });
  if (!response.ok) return false;
  const { customAttributes = {} } = (await response.json()) as { customAttributes?: Record<string, string> };
  return Object.keys(devSettings.temporal.searchAttributes).every((name) => name in customAttributes);
}
