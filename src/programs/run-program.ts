import { spawn, type ChildProcess } from 'node:child_process';
import type { ProgramCall, ProgramEnd, ProgramResult, RunProgram } from '../domain/program/program';
import { OutputEnd } from './output-end';

/** Error output that is kept: its end, where programs say why they gave up. */
const keptErrorBytes = 16 * 1024;
/** Time for an orderly end before the group is killed. */
const stopGraceMs = 2_000;
/** How long the pipes of a program that has ended may stay open: what it left behind may hold them. */
const drainMs = 1_000;

/**
 * The one way in which the service runs programs that are not its own. Each runs in a process group of its own, which is
 * ended with it; what does not end when asked is killed.
 */
export const runProgram: RunProgram = (call) =>
  new Promise((resolve) => {
    if (call.signal?.aborted) {
      resolve({ end: 'cancelled', stdout: '', stderr: '' });
      return;
    }
    try {
      start(call, resolve);
    } catch (error) {
      // What no operating system takes, such as an argument with a NUL in it.
      resolve({ end: 'not-started', reason: error instanceof Error ? error.message : 'unknown', stdout: '', stderr: '' });
    }
  });

function start(call: ProgramCall, resolve: (result: ProgramResult) => void): void {
  const child = spawn(call.program, call.args, {
    ...(call.cwd === undefined ? {} : { cwd: call.cwd }),
    env: call.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  watch(child, call, resolve);
  // A program that does not read its input closes the pipe; how it ends tells what there is to tell.
  child.stdin.on('error', () => undefined);
  child.stdin.end(call.stdin ?? '');
}

function watch(child: ChildProcess, { timeoutMs, maxOutputBytes, keepsEnd, onErrorOutput, signal }: ProgramCall, resolve: (result: ProgramResult) => void): void {
  const stdout: Buffer[] = [];
  let stdoutBytes = 0;
  const outputEnd = keepsEnd ? new OutputEnd(maxOutputBytes) : undefined;
  let stderr = Buffer.alloc(0);
  let cause: ProgramEnd | undefined;
  const timers: NodeJS.Timeout[] = [];

  const stop = (why: ProgramEnd): void => {
    if (cause) return;
    cause = why;
    killGroup(child, 'SIGTERM');
    timers.push(setTimeout(() => killGroup(child, 'SIGKILL'), stopGraceMs));
  };
  const onAbort = (): void => stop({ end: 'cancelled' });
  const settle = (end: ProgramEnd): void => {
    timers.forEach(clearTimeout);
    signal?.removeEventListener('abort', onAbort);
    const { text, cutBytes } = outputEnd?.read() ?? { text: Buffer.concat(stdout).toString('utf8'), cutBytes: 0 };
    resolve({ ...(cause ?? end), stdout: text, stderr: stderr.toString('utf8'), ...(cutBytes > 0 ? { cutBytes } : {}) });
  };

  child.stdout?.on('data', (chunk: Buffer) => {
    if (outputEnd) {
      outputEnd.add(chunk);
      return;
    }
    if (stdoutBytes + chunk.length > maxOutputBytes) stop({ end: 'too-much-output', maxBytes: maxOutputBytes });
    const kept = chunk.subarray(0, Math.max(0, maxOutputBytes - stdoutBytes));
    stdoutBytes += kept.length;
    stdout.push(kept);
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = Buffer.concat([stderr, chunk]).subarray(-keptErrorBytes);
    onErrorOutput?.(chunk.toString('utf8'));
  });
  signal?.addEventListener('abort', onAbort, { once: true });
  timers.push(setTimeout(() => stop({ end: 'timed-out', afterMs: timeoutMs }), timeoutMs));

  child.once('error', (error: NodeJS.ErrnoException) => {
    if (child.pid === undefined) settle({ end: 'not-started', reason: error.code ?? error.message });
  });
  child.once('exit', () => {
    killGroup(child, 'SIGKILL');
    timers.push(setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream?.destroy()), drainMs));
  });
  child.once('close', (code, endedBy) => settle(code === null ? { end: 'signalled', signal: endedBy ?? 'a signal' } : { end: 'exited', code }));
}

/** The group lives on as long as one of its members does, also when the program itself has ended. */
function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in it.
  }
}
