import { setTimeout as delay } from 'node:timers/promises';
import { findCheckInsSince } from '../src/db/check-in-watch';
import { readSnapshot } from '../src/db/read-snapshot';
import { readClock } from '../src/db/read-clock';
import { forgetFailedRegistrations } from '../src/db/forget-failed-registrations';
import { countLive } from '../src/db/queries/count-live';
import { dropStaleIntents, findSweepFindings, forgetSettledIntents } from '../src/db/sweep';
import type { ActivityDeps } from './deps';
import { giveWorkflow } from './give-workflow';
import type { ActivityControl } from './control';

/** All in milliseconds. */
export interface SweepSettings {
  intervalMs: number;
  /** How long a fact may wait for its signal before the sweep tells of it. */
  lagMs: number;
  /** Age at which an intent that nobody took up is dropped. */
  staleIntentMs: number;
  /** How long what became of an intent can be asked for by its Idempotency-Key. */
  keptIntentMs: number;
}

/**
 * One pass: tells the workflows of clusters with unseen facts, silent hosts or returned hosts, and drops stale intents.
 * @param now by the database's clock, which dates everything that is compared here
 */
export async function sweepOnce(deps: ActivityDeps, settings: SweepSettings, now: Date): Promise<{ told: number; dropped: number }> {
  const started = performance.now();
  const silentSince = new Date(now.getTime() - deps.settings.deadlines.agentSilence);
  const storedSince = await findCheckInsSince(deps.db, now);
  const silenceCounts = storedSince === null || storedSince.getTime() < silentSince.getTime();
  const findings = await findSweepFindings(deps.db, { silentSince, silenceCounts, laggingSince: new Date(now.getTime() - settings.lagMs) });
  const byCluster = new Map(findings.map((finding) => [finding.clusterId, finding.what]));
  const results = await Promise.allSettled([...byCluster].map(([clusterId, what]) => tell(deps, clusterId, what)));
  const failed = results.filter((result) => result.status === 'rejected').length;
  if (failed > 0) deps.log.warn({ failed }, 'The sweep could not tell some workflows.');
  const dropped = await dropStaleIntents(deps.db, now, new Date(now.getTime() - settings.staleIntentMs));
  await forgetSettledIntents(deps.db, new Date(now.getTime() - settings.keptIntentMs));
  await forgetFailedRegistrations(deps.db, new Date(now.getTime() - deps.settings.deadlines.permanentDeletion));
  deps.metrics.record([{ metric: 'operation_duration_miliseconds', labels: { operation: 'HostMonitoring' }, value: performance.now() - started }]);
  return { told: byCluster.size - failed, dropped };
}

/** A live cluster without a workflow gets one again. */
async function tell(deps: ActivityDeps, clusterId: string, what: string): Promise<void> {
  if (await deps.notifier.factsChanged(clusterId, what)) return;
  const loaded = await readSnapshot(deps.db, clusterId);
  if (!loaded || loaded.row.deletedAt !== null) return;
  await giveWorkflow(deps, loaded);
}

/** How long one activity sweeps before the workflow starts the next, with the settings of whatever runs then. */
const turnMs = 12 * 3_600_000;
/** How often the live clusters and hosts are counted. */
const countMs = 30_000;

/** Sweeps for half a day or until it is cancelled. It costs no history while nothing is found; a dead worker's sweep moves to another by its heartbeat. */
export async function sweep(deps: ActivityDeps, control: ActivityControl): Promise<void> {
  const end = Date.now() + turnMs;
  let countAt = 0;
  while (!control.signal.aborted && Date.now() < end) {
    const pass = await sweepOnce(deps, deps.sweep, await readClock(deps.db));
    if (Date.now() >= countAt) {
      countAt = Date.now() + countMs;
      tellMonitored(deps, await countLive(deps.db));
    }
    control.heartbeat(`told ${pass.told} clusters, dropped ${pass.dropped} intents`);
    await delay(deps.sweep.intervalMs, undefined, { signal: control.signal }).catch(() => undefined);
  }
  // Another worker counts from now on.
  tellMonitored(deps, { clusters: 0, hosts: 0 });
  control.signal.throwIfAborted();
}

function tellMonitored({ metrics }: ActivityDeps, { clusters, hosts }: { clusters: number; hosts: number }): void {
  metrics.record([
    { metric: 'monitored_clusters', labels: { hosts: 'hosts' }, value: clusters },
    { metric: 'monitored_hosts', labels: { hosts: 'hosts' }, value: hosts },
  ]);
}
