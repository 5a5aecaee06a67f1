import { nextPollTry, nextRegistrationTry, type NextTry } from '../../agent/protocol/retry-rules';
import { pause, pauseForever } from '../../agent/protocol/pause';
import { ReplyCache } from '../../agent/protocol/reply-cache';
import { RequestFailed } from '../../agent/protocol/request-failed';
import type { HostRegistration } from '../../agent/protocol/wire-cluster';
import { pollWaitMs } from '../pace';
import type { MachineFacts } from './machine-facts';
import { playSteps } from './play-steps';
import { readRunnerTarget } from './registration-command';
import { AgentLife, type MachineOptions } from './agent-life';

/** A simulated server with the agent on it. */
export interface Machine {
  facts: MachineFacts;
  /** Lives from the boot of the discovery image until it has restarted from its disk. Rejects when the signal is aborted. */
  run(signal: AbortSignal): Promise<void>;
}

function asFailure(error: unknown): RequestFailed {
  if (error instanceof RequestFailed) return error;
  throw error;
}

/** A machine that is switched on with `run`. */
export function createMachine(options: MachineOptions): Machine {
  const { facts, client, pace, rules, observe } = options;
  const scaled = (seconds: number): number => (seconds * 1000) / pace.pollDivisor;

  async function waitFor(next: NextTry, failure: RequestFailed, signal: AbortSignal): Promise<void> {
    if (next.kind === 'never') {
      observe({ kind: 'asleep', hostId: facts.hostId, reason: failure.message });
      await pauseForever(signal);
    } else {
      observe({ kind: 'retry', hostId: facts.hostId, reason: failure.message });
      await pause(scaled(next.seconds), signal);
    }
  }

  async function register(signal: AbortSignal): Promise<HostRegistration> {
    for (;;) {
      try {
        const registration = await client.registerHost(facts.hostId, signal);
        observe({ kind: 'registered', hostId: facts.hostId });
        if (readRunnerTarget(registration)) return registration;
        await pause(scaled(rules.withoutCommandSeconds), signal);
      } catch (error) {
        const failure = asFailure(error);
        await waitFor(nextRegistrationTry(failure.status, rules), failure, signal);
      }
    }
  }

  async function pollOnce(life: AgentLife, cache: ReplyCache): Promise<void> {
    try {
      const steps = await client.getNextSteps(facts.hostId, life.signal);
      await playSteps(steps, life, cache);
      await pause(pollWaitMs(steps.next_instruction_seconds, pace), life.signal);
    } catch (error) {
      const failure = asFailure(error);
      cache.flush();
      await waitFor(nextPollTry(failure.status, rules), failure, life.signal);
    }
  }

  /** One life of the agent, from its start until the machine or the agent restarts. */
  async function live(signal: AbortSignal): Promise<'restarted' | 'rebooted'> {
    const life = new AgentLife(options, signal);
    const cache = new ReplyCache(scaled(rules.replyCacheSeconds), () => options.now().getTime());
    try {
      while (life.end === undefined) await pollOnce(life, cache);
    } catch (error) {
      if (life.end === undefined || signal.aborted) throw error;
    }
    await life.settle();
    return life.end;
  }

  return {
    facts,
    run: async (signal) => {
      for (;;) {
        await register(signal);
        if ((await live(signal)) === 'rebooted') {
          observe({ kind: 'rebooted', hostId: facts.hostId });
          return;
        }
      }
    },
  };
}
