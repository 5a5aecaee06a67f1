import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../../src/dev/checkout';
import type { StackFile } from '../../src/dev/stack-file';
import { waitUntil } from '../../src/dev/wait-until';

/** A launcher in a process of its own, as `npm start` runs it. */
export class LauncherProcess {
  private output = '';
  private readonly child: ChildProcess;
  readonly exited: Promise<number | null>;

  constructor(args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
    this.child = spawn(process.execPath, ['--import', 'tsx', join(checkout, 'src/dev/start.ts'), ...args], {
      cwd: checkout,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
    this.exited = new Promise((resolve) => this.child.once('close', resolve));
  }

  text(): string {
    return this.output;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Waits until the stack is ready and returns its stack.json. The first start of a machine makes the base images. */
  async untilReady(dataDir: string, timeoutMs = 400_000): Promise<StackFile> {
    const file = join(dataDir, 'stack.json');
    await waitUntil('stack', () => existsSync(file) || this.child.exitCode !== null, { timeoutMs });
    if (!existsSync(file)) throw new Error(`the launcher ended:\n${this.output}`);
    return JSON.parse(readFileSync(file, 'utf8')) as StackFile;
  }
}
