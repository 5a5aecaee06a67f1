import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkout } from '../../../src/dev/checkout';
import { findIdentity, isAlive } from '../../../src/dev/process/identity';
import { endRecordedParts, recordPart } from '../../../src/dev/process/part-records';
import { LaunchError } from '../../../src/dev/launch-error';
import { spawnPart, type PartCommand } from '../../../src/dev/process/spawn-part';
import { waitUntil } from '../../../src/dev/wait-until';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'assisted-part-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const stubborn = `trap '' TERM; echo started; while :; do sleep 0.05; done`;

function part(script: string, more: Partial<PartCommand> = {}) {
  return spawnPart({
    name: 'test',
    command: ['/bin/sh', '-c', script],
    logFile: join(dir, 'test.log'),
    stopSignal: 'SIGTERM',
    hurrySignal: 'SIGKILL',
    stopGraceMs: 200,
    ...more,
  });
}

const hasStarted = () => Promise.resolve(readFileSync(join(dir, 'test.log'), 'utf8').includes('started'));

describe('a part', () => {
  it('writes its output to its log and sees only its own environment', async () => {
    process.env.OF_THE_LAUNCHER = '1';
    const running = part('echo "[$OF_THE_LAUNCHER$MINE]"', { env: { MINE: '2' } });
    await running.exited;
    delete process.env.OF_THE_LAUNCHER;
    expect(readFileSync(running.logFile, 'utf8')).toBe('[2]\n');
  });

  it('is stopped gracefully, and killed when it does not end', async () => {
    const polite = part('exec sleep 60');
    await polite.stop();
    expect(await polite.exited).toBe('ended by SIGTERM');
    const rude = part(stubborn);
    await rude.untilReady(hasStarted);
    await rude.stop();
    expect(await rude.exited).toBe('ended by SIGKILL');
    await rude.stop();
  });

  it('that dies before it is ready fails at once with the end of its log', async () => {
    const dying = part('echo reason; exit 3');
    const failure: unknown = await dying.untilReady(() => Promise.resolve(false)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LaunchError);
    expect(String(failure)).toMatch(/ended with code 3[^]*reason/);
  });

  it('that cannot be started says so', async () => {
    const missing = part('', { command: ['/does/not/exist'] });
    await expect(missing.untilReady(() => Promise.resolve(false))).rejects.toThrow(/\/does\/not\/exist|ended with code/);
    await missing.stop();
  });

  it('is not started for a launcher that stops', () => {
    const signal = AbortSignal.abort(new Error('stopping'));
    expect(() => part('sleep 60', { owner: { runDir: dir, signal } })).toThrow('stopping');
  });

  it('ends when its launcher is killed', async () => {
    const launcher = spawn(process.execPath, ['--import', 'tsx', join(checkout, 'test/dev/process/abandon-part.ts'), dir], {
      cwd: checkout,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output] = (await once(launcher.stdout, 'data')) as [Buffer];
    const identity = findIdentity(Number(output.toString()));
    expect(identity).toBeDefined();
    // The kernel knows of the wish once the wrapper has become the part; what a launcher leaves that dies before is ended by the next one.
    await waitUntil('the part itself', () => readFileSync(`/proc/${output.toString()}/comm`, 'utf8').trim() === 'sleep');
    launcher.kill('SIGKILL');
    await waitUntil('end of the part', () => identity !== undefined && !isAlive(identity));
  });
});

describe('records of parts', () => {
  it('let a later launcher end what was left running, in order', async () => {
    const owner = { runDir: dir, signal: new AbortController().signal };
    const [database, service] = ['database', 'service'].map((name) => part('exec sleep 60', { name, owner }));
    expect(readdirSync(dir).filter((name) => name.endsWith('.json'))).toHaveLength(2);
    expect(await endRecordedParts(dir, [['service'], ['database']])).toEqual(['service', 'database']);
    await Promise.all([database?.exited, service?.exited]);
    expect(readdirSync(dir).filter((name) => name.endsWith('.json'))).toEqual([]);
    expect(await endRecordedParts(dir, [])).toEqual([]);
  });

  it('never touch a later process with the same pid', async () => {
    const other = part('exec sleep 60');
    const identity = { ...findIdentity(other.pid), pid: other.pid, startTime: '1', bootId: 'x' };
    recordPart(dir, { name: 'old', identity, stopSignal: 'SIGKILL', hurrySignal: 'SIGKILL', stopGraceMs: 100 });
    expect(await endRecordedParts(dir, [])).toEqual([]);
    expect(other.isRunning()).toBe(true);
    await other.stop();
  });
});
