import type { HostStage } from '../../../domain/host/stage';
import type { AgentClient } from '../agent-client';
import { callWithRetries, type CallRetries } from '../call-with-retries';
import { reportStage } from '../report-stage';
import type { InstallerWork } from './installer-work';

export type InstallerRole = 'bootstrap' | 'master' | 'worker';

/** What an installer tells of its work. */
export type InstallerEvent =
  | { kind: 'stage'; hostId: string; stage: HostStage; info: string }
  /** Logs could not be sent; nothing depends on them. */
  | { kind: 'logs-not-sent'; hostId: string; reason: string };

/** What an installer was started with. */
export interface InstallerOptions {
  role: InstallerRole;
  singleNode: boolean;
  hostId: string;
  client: AgentClient;
  work: InstallerWork;
  retries: CallRetries;
  signal: AbortSignal;
  observe: (event: InstallerEvent) => void;
}

/** How installers in the field make a call again: ten times, 2 to 10 seconds apart. */
export const installerRetries: CallRetries = { attempts: 10, fromMs: 2_000, toMs: 10_000 };

/** One installation of one host: its calls are made again when they fail, as the installer does. */
export class InstallerRun {
  constructor(readonly options: InstallerOptions) {}

  /** Makes a call, again and again if needed. */
  call<T>(call: () => Promise<T>): Promise<T> {
    return callWithRetries(call, this.options.retries, this.options.signal);
  }

  /** Reports a stage of this host. */
  async report(stage: HostStage, info = ''): Promise<void> {
    const { client, hostId, observe, signal } = this.options;
    await this.call(() => client.updateProgress(hostId, stage, info, signal));
    observe({ kind: 'stage', hostId, stage, info });
  }

  /** Reports what a bootstrap host sees of another one; a refusal fails nothing. */
  async reportSeen(hostId: string, stage: HostStage): Promise<void> {
    const { client, observe, signal } = this.options;
    const refusal = await this.call(() => reportStage(client.updateProgress(hostId, stage, '', signal)));
    if (!refusal) observe({ kind: 'stage', hostId, stage, info: '' });
  }
}
