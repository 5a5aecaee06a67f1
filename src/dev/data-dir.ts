import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LaunchError } from './launch-error';
import type { LaunchOptions } from './options';
import { tryLock } from './process/lock';

export interface DataDir {
  path: string;
  logFile: (part: string) => string;
  /** Records of the running parts. */
  runDir: string;
  /** Whether an earlier start left data here. */
  isFound: boolean;
  /** Gives it up; removes it when it is ephemeral. */
  release: () => void;
}

/** Takes the data directory for this launcher alone; throws a LaunchError when another one has it. */
export function openDataDir({ dataDir, ephemeral }: Pick<LaunchOptions, 'dataDir' | 'ephemeral'>): DataDir {
  if (ephemeral && dataDir && existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new LaunchError(`${dataDir} is not empty, and --ephemeral would remove it; name a new directory`);
  }
  const path = dataDir ?? mkdtempSync(join(tmpdir(), 'assisted-'));
  mkdirSync(path, { recursive: true });
  // Others may pass through, not look: Postgres may have to run as another user.
  chmodSync(path, 0o711);
  const runDir = join(path, 'run');
  const lock = tryLock(join(runDir, 'launcher.lock'));
  if ('heldBy' in lock) throw new LaunchError(`a stack with the data in ${path} is already running (process ${lock.heldBy})`);
  const logs = join(path, 'logs');
  keepLastLogs(logs);
  return {
    path,
    runDir,
    logFile: (part) => join(logs, `${part}.log`),
    isFound: existsSync(join(path, 'secrets.json')),
    release: () => {
      lock.release();
      if (ephemeral) rmSync(path, { recursive: true, force: true });
    },
  };
}

function keepLastLogs(logs: string): void {
  mkdirSync(logs, { recursive: true });
  for (const name of readdirSync(logs)) {
    if (name.endsWith('.log')) renameSync(join(logs, name), join(logs, `${name}.old`));
  }
}
