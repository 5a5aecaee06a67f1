import { spawn } from 'node:child_process';
import { accessSync, closeSync, constants, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { LaunchError } from '../launch-error';
import { waitUntil } from '../wait-until';
import { endProcess } from './end-process';
import { findIdentity, type ProcessIdentity } from './identity';
import { forgetPart, recordPart } from './part-records';
import { tail } from './tail';

/** The launcher a part belongs to; tests, whose data is temporary, have none. */
export interface PartOwner {
  /** Where processes are recorded, so that a later launcher can end what this one could not. */
  runDir: string;
  /** Once aborted, nothing more is started. */
  signal: AbortSignal;
}

export interface PartCommand {
  /** Short name, used in messages and for the record of the process. */
  name: string;
  command: readonly [string, ...string[]];
  /** Goes before the command: a wrapper, such as a user namespace, that executes it in the same process. */
  wrapper?: readonly string[];
  /** The whole environment of the part apart from PATH, HOME, TMPDIR and LANG. */
  env?: Record<string, string>;
  cwd?: string;
  logFile: string;
  owner?: PartOwner | undefined;
  /** Asks for an orderly end; also what the kernel sends when the launcher itself dies. */
  stopSignal: NodeJS.Signals;
  /** Sent by a hurried stop. */
  hurrySignal: NodeJS.Signals;
  stopGraceMs: number;
}

export interface RunningPart {
  name: string;
  pid: number;
  logFile: string;
  /** Resolves with a short description of the end, whoever caused it. */
  exited: Promise<string>;
  isRunning(): boolean;
  /** Graceful, KILL after the part's bound; idempotent; resolves when the process is gone. */
  stop(): Promise<void>;
  /** Polls until the part answers; fails at once, with the end of its log, when it dies before that. */
  untilReady(check: () => Promise<boolean>, timeoutMs?: number): Promise<void>;
}

const setpriv = '/usr/bin/setpriv';

/** Starts a part in its own session, so that a terminal's Ctrl-C reaches only the launcher, which stops parts in order. */
export function spawnPart(options: PartCommand): RunningPart {
  const { name, logFile, owner } = options;
  owner?.signal.throwIfAborted();
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a', 0o600);
  const [executable = '', ...args] = [...(options.wrapper ?? []), ...withDeathSignal(options)];
  const child = spawn(executable, args, {
    cwd: options.cwd,
    env: { ...baseEnvironment(), ...options.env },
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  let ended: string | undefined;
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve((ended = error.message)));
    child.once('exit', (code, signal) => resolve((ended = signal ? `ended by ${signal}` : `ended with code ${code}`)));
  });
  const identity: ProcessIdentity | undefined = child.pid === undefined ? undefined : findIdentity(child.pid);
  if (identity && owner) recordPart(owner.runDir, { name, identity, ...stopRule(options) });

  let stopping: Promise<void> | undefined;
  const stop = async () => {
    if (identity && ended === undefined) {
      await endProcess(identity, { signal: options.stopSignal, graceMs: options.stopGraceMs });
      await exited;
    }
    if (owner) forgetPart(owner.runDir, name);
  };
  return {
    name,
    pid: child.pid ?? 0,
    logFile,
    exited,
    isRunning: () => ended === undefined,
    stop: () => (stopping ??= stop()),
    untilReady: async (check, timeoutMs = 30_000) => {
      const failed = (options?: ErrorOptions) => new LaunchError(`${name} ${ended ?? 'is not ready'}; end of ${logFile}:\n${tail(logFile)}`, options);
      try {
        await waitUntil(name, async () => ended !== undefined || (await check()), { timeoutMs });
      } catch (error) {
        throw failed({ cause: error });
      }
      if (ended !== undefined) throw failed();
    },
  };
}

/** Lets the kernel signal the part when the launcher dies, even by SIGKILL, where util-linux is there to ask for it. */
function withDeathSignal({ command, stopSignal }: PartCommand): readonly string[] {
  try {
    accessSync(setpriv, constants.X_OK);
  } catch {
    return command;
  }
  return [setpriv, '--pdeathsig', stopSignal.replace(/^SIG/, ''), ...command];
}

function stopRule({ stopSignal, hurrySignal, stopGraceMs }: PartCommand) {
  return { stopSignal, hurrySignal, stopGraceMs };
}

function baseEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
