import { nextDeadline } from '../deadlines/next-deadline';
import type { EventDraft } from '../events/draft';
import type { DomainSettings } from '../settings';
import { wantedSubscription } from '../subscription/wanted';
import { createConnectivity, type Connectivity } from './connectivity';
import { listDuties } from './duties';
import type { Change, Evaluation } from './evaluation';
import type { ClusterSnapshot } from './model';
import { refreshClusterStatus } from './refresh-cluster';
import { refreshHosts } from './refresh-hosts';
import { requireReset } from './require-reset';
import { upkeep } from './upkeep';
import { warn } from './warn';

/** More steps than any chain of transitions has; reached only if two rules undid each other. */
const maxPasses = 12;

type Step = (snapshot: ClusterSnapshot, now: Date, settings: DomainSettings, connectivity: Connectivity) => Change;
const steps: readonly Step[] = [
  (snapshot, now, settings, connectivity) => ({ snapshot: upkeep(snapshot, now, settings, connectivity), events: [] }),
  refreshHosts,
  refreshClusterStatus,
  requireReset,
  warn,
];

function runPass(snapshot: ClusterSnapshot, now: Date, settings: DomainSettings, connectivity: Connectivity): Change {
  return steps.reduce<Change>((change, step) => {
    const next = step(change.snapshot, now, settings, connectivity);
    return { snapshot: next.snapshot, events: [...change.events, ...next.events] };
  }, { snapshot, events: [] });
}

/**
 * Brings a cluster and its hosts to where the rules lead at this time: pass after pass, until nothing changes any more,
 * so that a burst of facts ends where the facts one by one would have ended. Pure: the same input gives the same output,
 * and evaluating the result again changes nothing.
 * @param connectivity that of an evaluation of the same cluster just before, to spare what has not changed since
 */
export function evaluateCluster(snapshot: ClusterSnapshot, now: Date, settings: DomainSettings, connectivity: Connectivity = createConnectivity(settings)): Evaluation {
  let current = snapshot;
  const events: EventDraft[] = [];
  for (let pass = 0; pass < maxPasses; pass += 1) {
    const change = runPass(current, now, settings, connectivity);
    events.push(...change.events);
    if (change.snapshot === current) break;
    current = change.snapshot;
  }
  return {
    snapshot: current,
    events,
    deadline: nextDeadline(current, now, settings),
    wanted: wantedSubscription(current, false),
    duties: listDuties(current, now, settings),
  };
}
