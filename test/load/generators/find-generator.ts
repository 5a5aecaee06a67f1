import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Generator, LoadJob, LoadResult } from './generator';
import { runProgram } from './run-program';

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

function hasWrk(): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn('wrk', ['-v'], { stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('close', () => resolve(true));
  });
}

/** Runs a program with the paths in a file and the token in its environment, where no process list shows it. */
async function withJob(job: LoadJob, run: (env: Record<string, string>) => Promise<LoadResult>): Promise<LoadResult> {
  const dir = mkdtempSync(join(tmpdir(), 'bench-load-'));
  const file = join(dir, 'paths');
  try {
    writeFileSync(file, `${job.paths.join('\n')}\n`);
    return await run({ LOAD_PATHS: file, LOAD_TOKEN: job.token });
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const wrkGenerator: Generator = {
  name: 'wrk',
  run: (job) =>
    withJob(job, (env) =>
      runProgram('wrk', ['-t1', `-c${job.connections}`, `-d${job.seconds}s`, '--timeout', '20s', '-s', beside('heartbeat.lua'), job.url], env)),
};

/** In place of wrk: slower, but always there. */
export const nodeGenerator: Generator = {
  name: 'node',
  run: (job) =>
    withJob(job, (env) => runProgram(process.execPath, ['--import', 'tsx', beside('node-load.ts'), job.url, String(job.connections), String(job.seconds)], env)),
};

/** wrk when it is installed, else a generator of the project's own. */
export async function findGenerator(): Promise<Generator> {
  return (await hasWrk()) ? wrkGenerator : nodeGenerator;
}
