import type { HostStage } from '../../../domain/host/stage';
import type { AgentClient } from '../agent-client';
import { callWithRetries, type CallRetries } from '../call-with-retries';
import { RequestFailed } from '../request-failed';
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

/** The refusal of a stage that is behind what the service knows of the host. */
const overtaken = 409;

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

  /**
   * Reports what a bootstrap host sees of another one. The controller speaks of it as well, and may have been quicker: a service that
   * knows of a later stage refuses this one, which fails nothing. The next look tells how far the host is.
   */
  async reportSeen(hostId: string, stage: HostStage): Promise<void> {
    const { client, observe, signal } = this.options;
    const isNews = await this.call(() => client.updateProgress(hostId, stage, '', signal).then(
      () => true,
      (error: unknown) => {
        if (error instanceof RequestFailed && error.status === overtaken) return false;
        throw error;
      },
    ));
    if (isNews) observe({ kind: 'stage', hostId, stage, info: '' });
  }
}
