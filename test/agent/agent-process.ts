import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProgram } from '../../src/dev/build/build-program';

/** The bundled agent as it is shipped: one file in a folder where nothing of this project is. */
export interface AgentProgram {
  path: string;
  /** Starts it with a command line and what its environment has beside PATH. */
  start(args: readonly string[], environment?: Record<string, string>): AgentProcess;
  remove(): void;
}

export interface AgentProcess {
  child: ChildProcess;
  /** What it has written, both ways. */
  output(): string;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | string>;
}

/** Bundles the agent and puts it into a folder of its own. */
export async function makeAgentProgram(): Promise<AgentProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'agent-program-'));
  const path = join(folder, 'agent.js');
  copyFileSync(await buildProgram('agent'), path);
  return {
    path,
    start: (args, environment = {}) => {
      const child = spawn(process.execPath, [path, ...args], { cwd: folder, env: { PATH: process.env['PATH'], ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
      const ended = new Promise<number | string>((resolve) => child.once('close', (code, signal) => resolve(code ?? signal ?? 'nothing')));
      return { child, output: () => text, ended };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
