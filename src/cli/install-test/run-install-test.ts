import { randomBytes } from 'node:crypto';
import { CheckFailed, CheckLog, type CheckResult } from './check-log';
import type { InstallTestOptions } from './options';
import { cleanUpPhase } from './phases/clean-up';
import { discoverPhase } from './phases/discover';
import { imagePhase } from './phases/image';
import { installPhase } from './phases/install';
import { registerPhase } from './phases/register';
import { resultsPhase } from './phases/results';
import { wrongCallsPhase } from './phases/wrong-calls';
import { StateWatch } from './state-watch';
import { createSubscriptions } from './subscriptions';
import type { Target } from './target';
import type { TestRun } from './test-run';
import { createUserApi } from './user-api';

export interface Reporting {
  onResult(result: CheckResult): void;
  say(line: string): void;
}

interface Progress {
  name: string;
  clusterId?: string;
  installed: boolean;
}

async function runPhases(run: TestRun, progress: Progress): Promise<void> {
  const cluster = await registerPhase(run, progress.name);
  progress.clusterId = cluster.id;
  await imagePhase(run, cluster);
  const watch = new StateWatch(run.api, cluster.id, run.signal, (status) => run.say(`the cluster is ${status}`));
  const servers = await discoverPhase(run, cluster, watch);
  const installed = await installPhase(run, cluster, watch, servers);
  progress.installed = true;
  await resultsPhase(run, installed, await servers.fleet.ingressCa);
  await wrongCallsPhase(run, installed);
}

/** Removes the cluster, or says where it is. An interrupted registration may have made one without telling its id. */
async function end(run: TestRun, { name, clusterId, installed }: Progress): Promise<void> {
  const api = createUserApi(run.target, AbortSignal.timeout(90_000));
  const id = clusterId ?? (run.signal.aborted ? (await api.list().catch(() => [])).find((cluster) => cluster.name === name)?.id : undefined);
  if (id === undefined) return;
  if (run.options.keep) run.say(`the cluster is kept: ${id}`);
  else await cleanUpPhase(run, api, id, installed);
}

/**
 * Installs one cluster on a deployment with simulated servers and verifies every result. Resolves with all checks, also
 * after failures; the cluster is removed whatever happened, unless it is to be kept. `interrupt` ends it early.
 */
export async function runInstallTest(options: InstallTestOptions, target: Target, { onResult, say }: Reporting, interrupt: AbortSignal): Promise<CheckLog> {
  const checks = new CheckLog(onResult, () => performance.now());
  const over = new AbortController();
  const limit = setTimeout(() => over.abort(new Error(`the test took longer than ${options.timeoutMs / 1000} s`)), options.timeoutMs);
  const signal = AbortSignal.any([interrupt, over.signal]);
  const run: TestRun = {
    options,
    target,
    checks,
    signal,
    say,
    api: createUserApi(target, signal),
    abort: (reason) => over.abort(reason),
    ...(target.amsUrl ? { subscriptions: createSubscriptions(target.amsUrl, target.token, signal) } : {}),
  };
  const progress: Progress = { name: `install-test-${Date.now().toString(36)}-${randomBytes(3).toString('hex')}`, installed: false };
  const ignoreFailed = (error: unknown): void => {
    if (!(error instanceof CheckFailed)) throw error;
  };
  try {
    await runPhases(run, progress).catch(ignoreFailed);
    await end(run, progress).catch(ignoreFailed);
    return checks;
  } finally {
    clearTimeout(limit);
    over.abort(new Error('the test has ended'));
  }
}
