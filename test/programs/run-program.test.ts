import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { describeProgramEnd } from '../../src/domain/program/describe-program-end';
import type { ProgramCall } from '../../src/domain/program/program';
import { findProgram } from '../../src/programs/find-program';
import { runProgram as run } from '../../src/programs/run-program';
import { createRecordingProgram, type ProgramBehaviour, type RecordingProgram } from '../support/recording-program';

const env = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' };
const programs: RecordingProgram[] = [];

function program(...behaviours: ProgramBehaviour[]): RecordingProgram {
  const made = createRecordingProgram('vendor-tool', ...behaviours);
  programs.push(made);
  return made;
}
const call = (path: string, more: Partial<ProgramCall> = {}): ProgramCall => ({ program: path, args: ['gc', 'a b', '$HOME'], timeoutMs: 20_000, maxOutputBytes: 100_000, env, ...more });

afterEach(() => programs.splice(0).forEach((made) => made.remove()));

/** Processes are gone at once after their group was killed, but it is init that takes note. */
async function untilGone(pid: number | undefined): Promise<void> {
  await expect.poll(() => isAlive(pid ?? -1)).toBe(false);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('running a program', () => {
  it('passes arguments, input, folder and only the environment that is meant for it', async () => {
    const tool = program({ stdout: 'out\n', stderr: 'a note\n' });
    const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'run-program-')));
    const result = await run(call(tool.path, { stdin: 'interfaces: []', cwd, env: { ...env, RELEASE_IMAGE: 'quay.io/x' } }));
    expect(result).toEqual({ end: 'exited', code: 0, stdout: 'out\n', stderr: 'a note\n' });
    expect(tool.calls()).toMatchObject([{ argv: ['gc', 'a b', '$HOME'], stdin: 'interfaces: []', cwd }]);
    expect(tool.calls()[0]?.env).toEqual({ ...env, RELEASE_IMAGE: 'quay.io/x' });
    rmSync(cwd, { recursive: true });
  });

  it('tells the exit code and the end of the error output', async () => {
    const tool = program({ exitCode: 3, stderr: `${'noise '.repeat(10_000)}\nthe reason\n`, stdout: 'half' });
    const result = await run(call(tool.path));
    expect(result).toMatchObject({ end: 'exited', code: 3, stdout: 'half' });
    expect(result.stderr.length).toBeLessThanOrEqual(16 * 1024);
    expect(describeProgramEnd(result)).toMatch(/^ended with code 3: [^]*the reason$/);
  });

  it('tells the signal a program died of, with what it had written', async () => {
    const result = await run(call(program({ stdout: 'partial', signal: 'SIGKILL' }).path));
    expect(result).toMatchObject({ end: 'signalled', signal: 'SIGKILL', stdout: 'partial' });
    expect(describeProgramEnd(result)).toBe('was ended by SIGKILL');
  });

  it('kills a program that hangs and ignores the request to end, with what it started', async () => {
    const tool = program({ hang: true, stdout: 'so far' });
    const result = await run(call(tool.path, { timeoutMs: 5_000 }));
    expect(result).toMatchObject({ end: 'timed-out', stdout: 'so far' });
    expect(describeProgramEnd(result)).toBe('did not end within 5 s');
    await untilGone(tool.calls()[0]?.pid);
    await untilGone(tool.calls()[0]?.childPid);
  });

  it('ends a program that writes without end', async () => {
    const result = await run(call(program({ floodBytes: 5_000_000 }).path, { maxOutputBytes: 1_000 }));
    expect(result).toMatchObject({ end: 'too-much-output', maxBytes: 1_000, stdout: 'x'.repeat(1_000) });
  });

  it.each([
    ['from the beginning of a line', { floodBytes: 5_000_000, stdout: '\nlast but one\nlast\n' }, 100, 'last but one\nlast\n', 5_000_001],
    ['where the limit cuts between two lines', { floodBytes: 70_000, stdout: '\nlast but one\nlast\n' }, 18, 'last but one\nlast\n', 70_001],
    ['within a line that is longer than the limit', { floodBytes: 5_000_000, stdout: 'last' }, 10, 'xxxxxxlast', 4_999_994],
  ])('lets a program write on whose end of output is asked for, and keeps it %s', async (_where, behaviour, maxOutputBytes, stdout, cutBytes) => {
    expect(await run(call(program(behaviour).path, { maxOutputBytes, keepsEnd: true }))).toEqual({ end: 'exited', code: 0, stdout, stderr: '', cutBytes });
  });

  it('keeps an output whole that is no longer than the limit', async () => {
    expect(await run(call(program({ stdout: 'one\ntwo\n' }).path, { maxOutputBytes: 8, keepsEnd: true }))).toEqual({ end: 'exited', code: 0, stdout: 'one\ntwo\n', stderr: '' });
  });

  it('ends a program when its caller gives up, and starts none after that', async () => {
    const tool = program({ hang: true });
    const giveUp = new AbortController();
    const running = run(call(tool.path, { signal: giveUp.signal }));
    await expect.poll(() => tool.calls().length).toBe(1);
    giveUp.abort();
    expect(await running).toMatchObject({ end: 'cancelled' });
    await untilGone(tool.calls()[0]?.childPid);
    expect(await run(call(tool.path, { signal: giveUp.signal }))).toMatchObject({ end: 'cancelled' });
    expect(tool.calls()).toHaveLength(1);
  });

  it('says why a program could not be started', async () => {
    const result = await run(call('/nowhere/vendor-tool'));
    expect(result).toMatchObject({ end: 'not-started', reason: 'ENOENT' });
    expect(describeProgramEnd(result)).toBe('could not be started (ENOENT)');
    expect(await run(call('/bin/true', { args: ['a\0b'] }))).toMatchObject({ end: 'not-started' });
  });
});

describe('finding a program', () => {
  it('looks through the folders of the path, or takes a path as it is', () => {
    const tool = program();
    expect(findProgram('vendor-tool', `/nowhere:${tool.folder}`)).toBe(tool.path);
    expect(findProgram(tool.path, '')).toBe(tool.path);
    expect(findProgram('vendor-tool', '/nowhere::relative')).toBeUndefined();
    expect(findProgram('behaviours.json', tool.folder)).toBeUndefined();
    expect(findProgram(tool.folder, '')).toBeUndefined();
  });
});
