import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningPart } from './process/spawn-part';
import { tail } from './process/tail';
import type { Stack } from './stack/start-stack';

const maxRestarts = 5;
const withinMs = 60_000;

export interface SuperviseOptions {
  log: (line: string) => void;
  /** Aborted when the stack is stopped on purpose. */
  signal: AbortSignal;
  /** Called after each restart: process ids have changed. */
  onRestart: () => void;
}

/**
 * Watches a running stack. A process of the service that ends is started again, after 1 s, then 2, 4, …; when that
 * happens too often, or another part ends, the promise resolves with the reason to stop everything.
 */
export async function superviseStack(stack: Stack, options: SuperviseOptions): Promise<string> {
  return Promise.race([
    ...stack.parts.map((part) => untilEnd(part, options)),
    ...(['api', 'worker'] as const).map((role) => keepRunning(stack, role, options)),
  ]);
}

async function untilEnd(part: RunningPart, { log, signal }: SuperviseOptions): Promise<string> {
  const end = await part.exited;
  if (!signal.aborted) log(`${part.name} ${end}; end of ${part.logFile}:\n${tail(part.logFile)}`);
  return `${part.name} ${end}`;
}

async function keepRunning(stack: Stack, role: 'api' | 'worker', options: SuperviseOptions): Promise<string> {
  const { signal, log, onRestart } = options;
  const restarts: number[] = [];
  for (;;) {
    const end = await untilEnd(stack.services[role], options);
    if (signal.aborted) return end;
    const recent = restarts.filter((time) => time > Date.now() - withinMs).length;
    if (recent >= maxRestarts) return `${end}, for the ${recent + 1}th time within a minute`;
    const wait = 1_000 * 2 ** recent;
    log(`${role}: starting again in ${wait / 1000} s`);
    try {
      await sleep(wait, undefined, { signal });
    } catch {
      return end;
    }
    restarts.push(Date.now());
    stack.restart(role);
    onRestart();
  }
}
