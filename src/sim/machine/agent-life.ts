import type { AgentClient } from '../../agent/protocol/agent-client';
import type { RetryRules } from '../../agent/protocol/retry-rules';
import type { InstallCommand } from '../../agent/protocol/installer/parse-install-command';
import { installerRetries } from '../../agent/protocol/installer/installer-run';
import { runInstaller } from '../../agent/protocol/installer/run-installer';
import { fail, succeed, type StepAnswer } from '../../agent/protocol/step-answer';
import { createPretendWork } from '../installer/pretend-work';
import type { Pace } from '../pace';
import type { Observe } from '../sim-event';
import type { MachineFacts } from './machine-facts';

export interface MachineOptions {
  facts: MachineFacts;
  client: AgentClient;
  pace: Pace;
  rules: RetryRules;
  observe: Observe;
  now: () => Date;
  /** It boots the discovery image once more after its restart, for some looks. */
  bootsImageAgain?: boolean;
}

const containerInUse =
  'Error: error creating container storage: the container name "assisted-installer" is already in use. You have to remove that container to be able to reuse that name.: that name is already in use';

/** What a machine does between the start of its agent and the next restart. */
export class AgentLife {
  /** Aborted when the life ends. */
  readonly signal: AbortSignal;
  end: 'restarted' | 'rebooted' | undefined;
  private readonly over = new AbortController();
  private installer: Promise<StepAnswer> | undefined;

  constructor(
    readonly options: MachineOptions,
    outer: AbortSignal,
  ) {
    this.signal = AbortSignal.any([outer, this.over.signal]);
  }

  /** Runs the installer to its end; a second one is refused by the container engine while the first one runs. */
  install(command: InstallCommand): Promise<StepAnswer> {
    if (this.installer) return Promise.resolve(fail(125, containerInUse));
    this.installer = this.runInstaller(command);
    return this.installer;
  }

  /** Ends this life; the machine comes back as the kind says. */
  finish(end: 'restarted' | 'rebooted'): void {
    this.end ??= end;
    this.over.abort(new Error(`the machine has ${end}`));
  }

  /** Waits for what was still running. */
  async settle(): Promise<void> {
    await this.installer?.catch(() => undefined);
  }

  private async runInstaller(command: InstallCommand): Promise<StepAnswer> {
    const { client, facts, pace, observe } = this.options;
    try {
      const { attempts, fromMs, toMs } = installerRetries;
      const retries = { attempts, fromMs: fromMs / pace.pollDivisor, toMs: toMs / pace.pollDivisor };
      const work = createPretendWork(this.options, this.signal);
      await runInstaller({ ...command, hostId: facts.hostId, client, work, retries, signal: this.signal, observe });
      return succeed();
    } catch (error) {
      this.signal.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      observe({ kind: 'install-failed', hostId: facts.hostId, reason });
      this.installer = undefined;
      return fail(1, reason);
    }
  }
}
