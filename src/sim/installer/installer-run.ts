import type { AgentClient } from '../../agent/protocol/agent-client';
import { callWithRetries, type CallRetries } from '../../agent/protocol/call-with-retries';
import type { HostStage } from '../../domain/host/stage';
import type { Pace } from '../pace';
import type { Observe } from '../sim-event';

/** What an installer was started with. */
export interface InstallerOptions {
  role: InstallerRole;
  singleNode: boolean;
  hostId: string;
  client: AgentClient;
  pace: Pace;
  signal: AbortSignal;
  observe: Observe;
}

export type InstallerRole = 'bootstrap' | 'master' | 'worker';

/** One installation of one host: its calls are made again when they fail, as the installer does. */
export class InstallerRun {
  private readonly retries: CallRetries;

  constructor(readonly options: InstallerOptions) {
    const { pollDivisor } = options.pace;
    this.retries = { attempts: 10, fromMs: 2_000 / pollDivisor, toMs: 10_000 / pollDivisor };
  }

  /** Makes a call, again and again if needed. */
  call<T>(call: () => Promise<T>): Promise<T> {
    return callWithRetries(call, this.retries, this.options.signal);
  }

  /** Reports a stage of this host. */
  async report(stage: HostStage, info = ''): Promise<void> {
    await this.reportFor(this.options.hostId, stage, info);
  }

  /** Reports a stage of any host of the cluster: the bootstrap host speaks for others. */
  async reportFor(hostId: string, stage: HostStage, info = ''): Promise<void> {
    const { client, observe, signal } = this.options;
    await this.call(() => client.updateProgress(hostId, stage, info, signal));
    observe({ kind: 'stage', hostId, stage, info });
  }
}
