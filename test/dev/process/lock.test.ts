import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findIdentity } from '../../../src/dev/process/identity';
import { tryLock, withLock } from '../../../src/dev/process/lock';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'assisted-lock-'));
  file = join(dir, 'lock');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const release = (lock: ReturnType<typeof tryLock>) => {
  if ('release' in lock) lock.release();
};

describe('a lock file', () => {
  it('is held by one at a time', () => {
    const first = tryLock(file);
    expect(first).toHaveProperty('release');
    expect(tryLock(file)).toEqual({ heldBy: process.pid });
    release(first);
    expect(readdirSync(dir)).toEqual([]);
    release(tryLock(file));
  });

  it('is taken over from a process that is gone', async () => {
    const child = spawn('sleep', ['60']);
    const identity = findIdentity(child.pid ?? 0);
    writeFileSync(file, JSON.stringify(identity));
    expect(tryLock(file)).toEqual({ heldBy: child.pid });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = tryLock(file);
    expect(lock).toHaveProperty('release');
    release(lock);
  });

  it('is not held by a later process with the same pid', () => {
    writeFileSync(file, JSON.stringify({ ...findIdentity(process.pid), startTime: '1' }));
    expect(tryLock(file)).toHaveProperty('release');
  });

  it('is taken over when it is damaged', () => {
    writeFileSync(file, 'not JSON');
    expect(tryLock(file)).toHaveProperty('release');
  });

  it('makes others wait', async () => {
    const order: string[] = [];
    const first = withLock(
      file,
      async () => {
        order.push('first begins');
        await new Promise((resolve) => setImmediate(resolve));
        order.push('first ends');
      },
      () => undefined,
    );
    const waits: number[] = [];
    await withLock(
      file,
      () => Promise.resolve(order.push('second')),
      (pid) => waits.push(pid),
    );
    await first;
    expect(order).toEqual(['first begins', 'first ends', 'second']);
    expect(waits).toEqual([process.pid]);
  });
});
