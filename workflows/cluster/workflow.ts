import { allHandlersFinished, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { ClusterInput } from './contract';
import { DeadlineTimer } from './deadline-timer';
import { reconcileDocuments } from './documents';
import { bindHandlers } from './handlers';
import { ClusterManager } from './manager';
import { phaseOf } from './phase';
import { ImageExpiry } from './phases/expire-image';
import { dnsRetry, DnsRemoval } from './phases/dns-records';
import { Preparation } from './phases/prepare';
import { Retirement } from './phases/retire';
import { refresh } from './refresh';
import { isReleased, reconcileSubscription } from './subscription';
import { Visibility } from './visibility';

/** The life of one cluster, from its registration to its permanent deletion. */
export async function cluster(input: ClusterInput): Promise<void> {
  const manager = new ClusterManager(input);
  const timer = new DeadlineTimer();
  const followers = [new Preparation(), new ImageExpiry(), new Retirement(), new DnsRemoval()];
  const visibility = new Visibility({ attributes: input.state !== undefined, state: manager.state });
  bindHandlers(manager);

  for (;;) {
    visibility.publish(manager.state);
    reconcileSubscription(manager);
    reconcileDocuments(manager);
    for (const follower of followers) follower.follow(manager);
    timer.arm(earliestDeadline(manager));
    await condition(() => manager.hasRefreshWork() || timer.fired || manager.pushEnded() || isOver(manager) || mayContinueAsNew(manager));
    if (timer.take()) noticeTime(manager);
    if (isOver(manager)) return;
    if (manager.hasRefreshWork()) await refresh(manager);
    else if (mayContinueAsNew(manager)) await continueAsNew<typeof cluster>({ clusterId: manager.state.clusterId, state: manager.state });
  }
}

function isOver(manager: ClusterManager): boolean {
  const { wanted } = manager.state.subscription;
  const settled = !wanted?.released || isReleased(manager.state);
  return manager.finished && settled && manager.inbox.length === 0 && manager.inFlight === 0 && !manager.pushing && allHandlersFinished();
}

/** A new run begins with each phase and whenever the server asks for it, but only while nothing is under way. */
function mayContinueAsNew(manager: ClusterManager): boolean {
  const wished = workflowInfo().continueAsNewSuggested || phaseOf(manager.state) !== manager.phaseAtStart;
  return wished && manager.state.registered && manager.isQuiet() && allHandlersFinished();
}

/** The timer fired: whatever was due, the next refresh or the followers of the state see to it. */
function noticeTime(manager: ClusterManager): void {
  const now = Date.now();
  if (manager.refreshRetryAt !== null && manager.refreshRetryAt <= now) manager.refreshRetryAt = null;
  const { deadline } = manager.state;
  if (deadline && deadline.at <= now && manager.state.deregisteredAt === null) manager.dirty = true;
}

function subscriptionRetry({ state: { subscription }, pushing }: ClusterManager): { at: number; name: string } | null {
  const at = subscription.retryAt ?? (subscription.wanted && subscription.lookAgainAt);
  return at === null || pushing ? null : { at, name: 'subscription retry' };
}

/** A deadline that is due already waits for something else, e.g. for the database, so it would only make the timer spin. */
function earliestDeadline(manager: ClusterManager): { at: number; name: string } | null {
  const { deadline, documents, deregisteredAt } = manager.state;
  const isServed = deadline !== null && (manager.refreshRetryAt !== null || deregisteredAt !== null) && deadline.at <= Date.now();
  const candidates = [
    deadline && !isServed ? { at: deadline.at, name: deadline.name } : null,
    subscriptionRetry(manager),
    documents.retryAt !== null && !manager.storing ? { at: documents.retryAt, name: 'state object retry' } : null,
    dnsRetry(manager),
    manager.refreshRetryAt !== null ? { at: manager.refreshRetryAt, name: 'database retry' } : null,
  ].filter((candidate) => candidate !== null);
  return candidates.sort((a, b) => a.at - b.at)[0] ?? null;
}
