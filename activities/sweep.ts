import { setTimeout as delay } from 'node:timers/promises';
import { dropStaleIntents, findSweepFindings } from '../src/db/sweep';
import type { ActivityDeps } from './deps';
import type { ActivityControl } from './control';

export interface SweepSettings {
  intervalMs: number;
  /** How long a fact may wait for its signal before the sweep tells of it. */
  lagMs: number;
  /** Age at which an intent that nobody took up is dropped. */
  staleIntentMs: number;
}

/** One pass: tells the workflows of clusters with unseen facts, silent hosts or returned hosts, and drops stale intents. */
export async function sweepOnce(deps: ActivityDeps, settings: SweepSettings, now: Date): Promise<{ told: number; dropped: number }> {
  const findings = await findSweepFindings(deps.db, now, deps.settings.deadlines.agentSilence, settings.lagMs);
  const byCluster = new Map(findings.map((finding) => [finding.clusterId, finding.what]));
  const results = await Promise.allSettled([...byCluster].map(([clusterId, what]) => deps.notifier.factsChanged(clusterId, what)));
  const failed = results.filter((result) => result.status === 'rejected').length;
  if (failed > 0) deps.log.warn({ failed }, 'The sweep could not tell some workflows.');
  const dropped = await dropStaleIntents(deps.db, now, new Date(now.getTime() - settings.staleIntentMs));
  return { told: byCluster.size - failed, dropped };
}

/** How long one activity sweeps before the workflow starts the next with its current settings. */
const turnMs = 12 * 3_600_000;

/** Sweeps for half a day or until it is cancelled. It costs no history while nothing is found; a dead worker's sweep moves to another by its heartbeat. */
export async function sweep(deps: ActivityDeps, settings: SweepSettings, control: ActivityControl): Promise<void> {
  const end = Date.now() + turnMs;
  while (!control.signal.aborted && Date.now() < end) {
    const pass = await sweepOnce(deps, settings, new Date());
    control.heartbeat(`told ${pass.told} clusters, dropped ${pass.dropped} intents`);
    await delay(settings.intervalMs, undefined, { signal: control.signal }).catch(() => undefined);
  }
  control.signal.throwIfAborted();
}
