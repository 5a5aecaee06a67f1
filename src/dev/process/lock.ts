import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findIdentity, isAlive, type ProcessIdentity } from './identity';

export type LockResult = { release: () => void } | { heldBy: number };

/**
 * Takes a lock file for this process, or tells the pid that holds it. A lock whose holder is gone is taken over;
 * linking a complete file makes the taking atomic.
 */
export function tryLock(file: string): LockResult {
  mkdirSync(dirname(file), { recursive: true });
  const mine = `${file}.${process.pid}`;
  const me = findIdentity(process.pid);
  writeFileSync(mine, JSON.stringify(me));
  try {
    for (;;) {
      try {
        linkSync(mine, file);
        return { release: () => rmSync(file, { force: true }) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = readHolder(file);
      if (holder && isAlive(holder)) return { heldBy: holder.pid };
      const live = removeStale(file);
      if (live) return { heldBy: live.pid };
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Runs `work` under the lock, waiting for whoever holds it; `onWait` is called once when it has to. */
export async function withLock<T>(file: string, work: () => Promise<T>, onWait: (pid: number) => void): Promise<T> {
  let told = false;
  for (;;) {
    const lock = tryLock(file);
    if ('release' in lock) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    if (!told) onWait(lock.heldBy);
    told = true;
    await sleep(250);
  }
}

/** Moves a stale lock away; puts it back when another start took it over in between, and returns that one. */
function removeStale(file: string): ProcessIdentity | undefined {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const moved = readHolder(aside);
  const live = moved && isAlive(moved) ? moved : undefined;
  if (live) renameSync(aside, file);
  else rmSync(aside, { force: true });
  return live;
}

function readHolder(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
}
