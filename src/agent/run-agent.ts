import { readHostId } from './machine/read-host-id';
import type { Machine } from './machine/machine';
import { reboot } from './machine/reboot';
import type { AgentOptions } from './options';
import type { AgentClient } from './protocol/agent-client';
import type { LoopEvent, LoopOptions } from './protocol/loop-options';
import { poll } from './protocol/poll';
import { register } from './protocol/register';
import type { RetryRules } from './protocol/retry-rules';
import { StepRunner } from './steps/step-runner';

export interface AgentParts {
  options: AgentOptions;
  machine: Machine;
  client: AgentClient;
  /** Through proxies where there are any. */
  fetch: typeof fetch;
  /** Never through a proxy. */
  directFetch: typeof fetch;
  rules: RetryRules;
  /** Milliseconds that so many seconds of the protocol last. */
  toMs: (seconds: number) => number;
  log: (line: string) => void;
}

function describe(event: LoopEvent): string {
  switch (event.kind) {
    case 'registered':
      return `registered as host ${event.hostId}`;
    case 'replied':
      return `answered ${event.stepType} with exit code ${event.exitCode}`;
    case 'ignored':
      return event.reason;
    case 'retry':
      return `will try again: ${event.reason}`;
    case 'asleep':
      return `sleeps until the machine is restarted: ${event.reason}`;
  }
}

/** What ends a life of the agent from inside. */
class LifeOver extends Error {
  constructor(readonly end: 'reset' | 'installed') {
    super(`the agent's life is over: ${end}`);
  }
}

/** Registers this machine and does what the service asks, until it is installed and restarts, or the signal is aborted (then it rejects with its reason). */
export async function runAgent({ options, machine, client, fetch, directFetch, rules, toMs, log }: AgentParts, signal: AbortSignal): Promise<void> {
  const hostId = await readHostId(machine);
  log(`host ${hostId} of cluster ${options.clusterId} at ${options.url}${options.dryRun ? ', dry run' : ''}`);
  const loop: LoopOptions = { client, hostId, rules, toMs, observe: (event) => log(describe(event)) };

  /** From a registration to the end of its polling, and the wait that the service asks for before the next; without its word it is an hour. */
  async function live(): Promise<'reset' | 'installed' | 'exit'> {
    const target = await register(loop, signal);
    const over = new AbortController();
    const lifeSignal = AbortSignal.any([signal, over.signal]);
    const steps = new StepRunner({ machine, client, fetch, directFetch, hostId, options, log, signal: lifeSignal });
    try {
      await poll({
        ...loop,
        pollWaitMs: toMs,
        now: () => machine.now().getTime(),
        play: (step) => steps.run(step),
        inBackground: () => true,
        afterAnswer: ({ step_type: type }, { exitCode, error }) => {
          if (exitCode !== 0) log(`${type} failed: ${error}`);
          else if (type === 'reset-installation') over.abort(new LifeOver('reset'));
          else if (type === 'install') over.abort(new LifeOver('installed'));
        },
      }, lifeSignal);
    } catch (error) {
      if (error instanceof LifeOver) return error.end;
      signal.throwIfAborted();
      // What ran must not meet the same steps of the next life.
      over.abort(error);
      log(`polling broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    await machine.pause(toMs(target.retrySeconds ?? rules.withoutCommandSeconds), signal);
    return 'exit';
  }

  while ((await live()) !== 'installed') log('registers anew');
  if (options.dryRun) log('dry run: the machine is not restarted');
  else {
    log('restarts the machine');
    await reboot(machine);
  }
}
