import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { spawnPart, type PartOwner, type RunningPart } from '../process/spawn-part';
import { devSettings } from '../settings';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries';

export interface PostgresOptions {
  /** Made and initialized when it is not there. */
  dataDir: string;
  port: number;
  logFile: string;
  owner?: PartOwner;
  /** False: no waiting for the disk; only for data that may be lost. */
  durable?: boolean;
}

export interface Postgres extends RunningPart {
  /** Connection string of the maintenance database `postgres`. */
  url: string;
  /** Connection string of a database of this server. */
  urlOf(database: string): string;
}

/** Starts Postgres on 127.0.0.1, password authentication on TCP; ready when this resolves. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { port, durable = true } = options;
  const dataDir = resolve(options.dataDir);
  const binaries = await findPostgresBinaries();
  if (!existsSync(join(dataDir, 'PG_VERSION'))) await initialize(dataDir, binaries);
  const socketDir = findSocketDir(dataDir, port);
  const parameters = {
    ...devSettings.postgres.parameters,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: socketDir,
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const part = spawnPart({
    name: 'postgres',
    wrapper: binaries.wrapper,
    command: [binaries.postgres, '-D', dataDir, '-p', String(port), ...toArguments(parameters)],
    logFile: options.logFile,
    owner: options.owner,
    stopSignal: 'SIGINT',
    hurrySignal: 'SIGQUIT',
    stopGraceMs: 15_000,
  });
  await part.untilReady(async () => isReady(dataDir, part.pid));
  const urlOf = (database: string) => {
    const { user, password } = devSettings.postgres;
    return `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
  };
  return { ...part, url: urlOf('postgres'), urlOf };
}

async function initialize(dataDir: string, { initdb, wrapper, owner }: PostgresBinaries): Promise<void> {
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const secret = mkdtempSync(join(tmpdir(), 'assisted-pw-'));
  const pwfile = join(secret, 'password');
  writeFileSync(pwfile, devSettings.postgres.password, { mode: 0o600 });
  if (owner) for (const path of [dataDir, secret, pwfile]) chownSync(path, owner.uid, owner.gid);
  const [command = '', ...args] = [
    ...wrapper,
    initdb,
    ...['-D', dataDir, '-U', devSettings.postgres.user, '--pwfile', pwfile],
    ...['--auth-local=trust', '--auth-host=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
  ];
  try {
    await promisify(execFile)(command, args, { timeout: 120_000 });
  } catch (error) {
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(secret, { recursive: true, force: true });
  }
}

/** The data directory, unless its name is too long for a socket's path (107 characters): then the temp directory. */
function findSocketDir(dataDir: string, port: number): string {
  return Buffer.byteLength(`${dataDir}/.s.PGSQL.${port}.lock`) <= 107 ? dataDir : tmpdir();
}

function toArguments(parameters: Record<string, string>): string[] {
  return Object.entries(parameters).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Source: the last line of postmaster.pid says "ready" once connections are accepted. */
function isReady(dataDir: string, pid: number): boolean {
  const lines = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
}
