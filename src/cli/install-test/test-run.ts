import type { CheckLog } from './check-log';
import type { InstallTestOptions } from './options';
import type { Subscriptions } from './subscriptions';
import type { Target } from './target';
import type { UserApi } from './user-api';

/** What all phases of one run share. */
export interface TestRun {
  options: InstallTestOptions;
  target: Target;
  api: UserApi;
  /** Absent when no account management service is known. */
  subscriptions?: Subscriptions;
  checks: CheckLog;
  /** Aborted by the time limit, by Ctrl-C, and when a simulated server gives up. */
  signal: AbortSignal;
  abort(reason: Error): void;
  say(line: string): void;
}

/** How long the subscription may lag behind the cluster. */
export const subscriptionLagMs = 30_000;
