import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { StackFile } from '../../src/dev/stack-file';

/** A running development stack. */
export interface BenchStack {
  file: StackFile;
  dataDir: string;
  /** True when the bench started it and may do what it likes to it. */
  isOwn: boolean;
  /** From the start command to the first answer 200 of /ready; undefined for a stack that ran before. */
  startSeconds: number | undefined;
  stop(): Promise<void>;
}

const partCount = 7;
const longestStartMs = 300_000;

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

async function findPortBase(): Promise<number> {
  for (let base = 21_000 + Math.floor(Math.random() * 1_000) * 10; ; base = base > 40_000 ? 21_000 : base + 10) {
    const free = await Promise.all(Array.from({ length: partCount }, (_, offset) => isFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
}

function readStackFile(dataDir: string): StackFile | undefined {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'stack.json'), 'utf8')) as StackFile;
  } catch {
    return undefined;
  }
}

/** The stack that runs on this data folder. */
export function attachStack(dataDir: string): BenchStack {
  const file = readStackFile(dataDir);
  if (!file) throw new Error(`no stack is running on ${dataDir}: it has no stack.json`);
  return { file, dataDir, isOwn: false, startSeconds: undefined, stop: () => Promise.resolve() };
}

async function waitForEnd(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve));
}

async function isReady(apiUrl: string): Promise<boolean> {
  return fetch(`${apiUrl}/ready`).then((response) => response.ok, () => false);
}

/** Starts a stack that keeps nothing, as a user does; what it prints goes to `onOutput`. */
export async function startStack(onOutput: (text: string) => void, env: Record<string, string> = {}): Promise<BenchStack> {
  // The launcher makes it, and removes it at its end.
  const dataDir = join(tmpdir(), `bench-${randomBytes(6).toString('hex')}`);
  const started = performance.now();
  const args = ['start', '--', '--ephemeral', '--data', dataDir, '--port-base', String(await findPortBase())];
  // What it can do is measured, not what it permits.
  const child = spawn('npm', args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, RATE_LIMITS: 'off', ...env } });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', onOutput);
  // The launcher itself once it is known: npm would die of the signal before it.
  const interrupt = (): void => void (child.exitCode === null && process.kill(readStackFile(dataDir)?.pids.launcher ?? child.pid ?? 0, 'SIGINT'));
  process.once('exit', interrupt);
  const stop = async (): Promise<void> => {
    process.off('exit', interrupt);
    interrupt();
    await waitForEnd(child);
  };
  for (;;) {
    const file = readStackFile(dataDir);
    if (file && (await isReady(file.api_url))) return { file, dataDir, isOwn: true, startSeconds: (performance.now() - started) / 1000, stop };
    if (child.exitCode !== null || performance.now() - started > longestStartMs) {
      await stop();
      throw new Error('the stack did not start');
    }
    await delay(50);
  }
}
