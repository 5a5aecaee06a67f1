import type { LoopOptions } from '../../agent/protocol/loop-options';
import { poll } from '../../agent/protocol/poll';
import { register } from '../../agent/protocol/register';
import { pause } from '../../agent/protocol/pause';
import { pollWaitMs } from '../pace';
import { AgentLife, type MachineOptions } from './agent-life';
import type { MachineFacts } from './machine-facts';
import { playStep } from './play-step';

/** A simulated server with the agent on it. */
export interface Machine {
  facts: MachineFacts;
  /** Lives from the boot of the discovery image until it has restarted from its disk. Rejects when the signal is aborted. */
  run(signal: AbortSignal): Promise<void>;
}

const looksUntilCorrected = 5;

/** A machine that is switched on with `run`. */
export function createMachine(options: MachineOptions): Machine {
  const { facts, client, pace, rules, observe } = options;
  const loop: LoopOptions = { client, hostId: facts.hostId, rules, observe, toMs: (seconds) => (seconds * 1000) / pace.pollDivisor };

  /** One life of the agent, from its start until the machine or the agent restarts. */
  async function live(signal: AbortSignal): Promise<'restarted' | 'rebooted'> {
    const life = new AgentLife(options, signal);
    try {
      await poll({
        ...loop,
        pollWaitMs: (seconds) => pollWaitMs(seconds, pace),
        now: () => options.now().getTime(),
        play: (step) => playStep(step, life),
        inBackground: (step) => step.step_type === 'install',
        afterAnswer: (step, { exitCode }) => {
          if (exitCode !== 0) return;
          if (step.step_type === 'reset-installation') life.finish('restarted');
          if (step.step_type === 'install') life.finish('rebooted');
        },
      }, life.signal);
    } catch (error) {
      if (life.end === undefined || signal.aborted) throw error;
    }
    await life.settle();
    return life.end ?? 'restarted';
  }

  /** The agent starts again and registers, until somebody sees that and corrects the boot order. */
  async function bootImageAgain(signal: AbortSignal): Promise<void> {
    await register(loop, signal);
    await pause(pace.watchMs * looksUntilCorrected, signal);
  }

  return {
    facts,
    run: async (signal) => {
      for (;;) {
        await register(loop, signal);
        if ((await live(signal)) === 'rebooted') {
          if (options.bootsImageAgain) await bootImageAgain(signal);
          observe({ kind: 'rebooted', hostId: facts.hostId });
          return;
        }
      }
    },
  };
}
