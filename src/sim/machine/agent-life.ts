import type { AgentClient } from '../../agent/protocol/agent-client';
import type { RetryRules } from '../../agent/protocol/retry-rules';
import type { InstallCommand } from '../installer/parse-install-command';
import { runInstaller } from '../installer/run-installer';
import type { Pace } from '../pace';
import type { Observe } from '../sim-event';
import { type Answer, fail, succeed } from '../steps/answer';
import type { MachineFacts } from './machine-facts';

export interface MachineOptions {
  facts: MachineFacts;
  client: AgentClient;
  pace: Pace;
  rules: RetryRules;
  observe: Observe;
  now: () => Date;
}

const containerInUse =
  'Error: error creating container storage: the container name "assisted-installer" is already in use. You have to remove that container to be able to reuse that name.: that name is already in use';

/** What a machine does between the start of its agent and the next restart. */
export class AgentLife {
  /** Aborted when the life ends. */
  readonly signal: AbortSignal;
  end: 'restarted' | 'rebooted' | undefined;
  private readonly over = new AbortController();
  private installer: Promise<Answer> | undefined;

  constructor(
    readonly options: MachineOptions,
    outer: AbortSignal,
  ) {
    this.signal = AbortSignal.any([outer, this.over.signal]);
  }

  /** Runs the installer to its end; a second one is refused by the container engine while the first one runs. */
  install(command: InstallCommand): Promise<Answer> {
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

  private async runInstaller(command: InstallCommand): Promise<Answer> {
    const { client, facts, pace, observe } = this.options;
    try {
      await runInstaller({ ...command, hostId: facts.hostId, client, pace, signal: this.signal, observe });
      return succeed(undefined);
    } catch (error) {
      this.signal.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      observe({ kind: 'install-failed', hostId: facts.hostId, reason });
      this.installer = undefined;
      return fail(1, reason);
    }
  }
}
