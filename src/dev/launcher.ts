import { findCacheDir } from './cache-dir';
import { openDataDir, type DataDir } from './data-dir';
import { makeGreeting } from './greeting';
import type { LaunchOptions } from './options';
import { listPorts } from './ports';
import { checkPreconditions } from './preconditions';
import { endRecordedParts, hurryRecordedParts } from './process/part-records';
import { Progress } from './progress';
import { removeStackFile, writeStackFile } from './stack-file';
import { startStack, stopOrder } from './stack/start-stack';
import { superviseStack } from './supervise';

/** One run of the development stack, from the checks to the end of its last part. */
export class Launcher {
  private readonly progress = new Progress();
  private readonly abort = new AbortController();
  private data: DataDir | undefined;
  private isInterrupted = false;

  constructor(private readonly options: LaunchOptions) {}

  /** Runs until interrupted; resolves with the exit code once everything it started has ended. */
  async run(): Promise<number> {
    const data = (this.data = openDataDir(this.options));
    try {
      return await this.runIn(data);
    } finally {
      data.release();
    }
  }

  /** The first call stops the stack in order, a second one hurries. */
  interrupt(): void {
    if (this.isInterrupted) {
      this.progress.log('stopping at once');
      if (this.data) hurryRecordedParts(this.data.runDir);
      return;
    }
    this.isInterrupted = true;
    this.progress.log('stopping');
    this.abort.abort(new Error('interrupted'));
  }

  private async runIn(data: DataDir): Promise<number> {
    const { log } = this.progress;
    const { signal } = this.abort;
    removeStackFile(data.path);
    const leftovers = await endRecordedParts(data.runDir, stopOrder);
    if (leftovers.length > 0) log(`ended what an earlier launcher had left running: ${leftovers.join(', ')}`);
    const ports = listPorts(this.options.portBase);
    const plans = await checkPreconditions(ports, { cacheDir: findCacheDir() });
    log(`data: ${data.path}${data.isFound ? ', found again' : ''}`);
    const starting = startStack({ data, ports, plans, progress: this.progress, abort: this.abort });
    try {
      const stack = await Promise.race([starting, rejectWhenAborted(signal)]);
      const publish = () => writeStackFile(data.path, stack.describe());
      publish();
      log(`ready after ${this.progress.elapsed()}`);
      process.stdout.write(makeGreeting(stack.describe(), data.path));
      const reason = await Promise.race([superviseStack(stack, { log, signal, onRestart: publish }), rejectWhenAborted(signal)]);
      log(`${reason}: stopping the stack`);
      return 1;
    } catch (error) {
      if (this.isInterrupted) return 0;
      throw error;
    } finally {
      this.abort.abort(new Error('stopping'));
      removeStackFile(data.path);
      await this.stopParts(data, starting);
    }
  }

  /** A start under way may add parts while others are being stopped: so look twice. */
  private async stopParts(data: DataDir, starting: Promise<unknown>): Promise<void> {
    await endRecordedParts(data.runDir, stopOrder);
    await Promise.race([starting.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 5_000))]);
    await endRecordedParts(data.runDir, stopOrder);
    this.progress.log('stopped');
  }
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(signal.reason as Error);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
