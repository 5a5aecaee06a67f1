import { ActivityFailure, patched } from '@temporalio/workflow';
import type { SubscriptionAttempt } from '../../activities/contract';
import { subscriptionDifference } from '../../src/domain/subscription/difference';
import type { WantedSubscription } from '../../src/domain/subscription/model';
import { refusedSubscriptionRetryMs, subscriptionBackoff, unansweredSettleMs } from '../policies';
import type { ClusterState } from './contract';
import type { ClusterManager } from './manager';
import { activities } from './proxies';

/** Starts one push when AMS holds something else than wanted, or may do so, and no back-off is running; it goes on beside the main loop. */
export function reconcileSubscription(manager: ClusterManager): void {
  const { subscription } = manager.state;
  manager.notePushEnded();
  if (manager.pushing) return;
  if (!subscription.wanted) subscription.retryAt = null;
  if (!subscription.wanted || !isPushDue(manager.state, subscription.wanted)) return;
  manager.setPushing(true);
  void push(manager, subscription.wanted).finally(() => {
    manager.setPushing(false);
  });
}

function isPushDue({ subscription }: ClusterState, wanted: WantedSubscription): boolean {
  const now = Date.now();
  if (subscriptionDifference(wanted, subscription.applied) === null) {
    subscription.retryAt = null;
    if (subscription.lookAgainAt !== null) return subscription.lookAgainAt <= now;
    if (subscription.refused !== null && patched(looksAgain)) Object.assign(subscription, { refused: null, refusedWanted: null });
    return false;
  }
  const sameAsRefused = subscription.refused === null || subscription.refusedWanted === JSON.stringify(wanted);
  return subscription.retryAt === null || subscription.retryAt <= now || !sameAsRefused;
}

/** Whether nothing of a cluster's subscription is left to be deleted, and nothing can come any more. */
export const isReleased = ({ subscription }: ClusterState): boolean => subscription.applied?.released === true && subscription.lookAgainAt === null;

/** 2026-11-21: runs begun before took what was confirmed last for what AMS holds. To be removed when no run is older than four weeks. */
const looksAgain = 'look-again-after-unanswered-calls';

/**
 * AMS did not answer a call, and may do its work now, later or never: nothing that was confirmed before is certain, so AMS is
 * searched from here on, and once more when it can no longer be at work.
 */
export function noteUnanswered(manager: ClusterManager): void {
  const { subscription } = manager.state;
  if (patched(looksAgain)) subscription.lookAgainAt = Date.now() + Math.max(unansweredSettleMs, subscriptionBackoff(subscription.failures));
}

async function push(manager: ClusterManager, wanted: WantedSubscription): Promise<void> {
  const { subscription, clusterId, userName } = manager.state;
  const isLastLook = subscription.lookAgainAt !== null && subscription.lookAgainAt <= Date.now();
  const attempt = await attemptPush({ clusterId, userName, wanted, applied: subscription.lookAgainAt === null || wanted.released ? subscription.applied : null });
  if (attempt.kind === 'applied') {
    const isNew = attempt.applied !== null && attempt.applied.id !== subscription.applied?.id && !wanted.released;
    if (isNew && attempt.applied) manager.bring({ kind: 'subscriptionApplied', applied: attempt.applied });
    tellUnsubscribed(manager, attempt.unsubscribed);
    Object.assign(subscription, { applied: attempt.applied, failures: 0, refused: null, refusedWanted: null, retryAt: null });
    if (isLastLook) subscription.lookAgainAt = null;
    return;
  }
  subscription.failures += 1;
  if (attempt.kind === 'unavailable') {
    subscription.retryAt = Date.now() + subscriptionBackoff(subscription.failures);
    noteUnanswered(manager);
    return;
  }
  subscription.retryAt = Date.now() + refusedSubscriptionRetryMs;
  if (isLastLook) subscription.lookAgainAt = subscription.retryAt;
  const reason = `${attempt.status} ${attempt.reason}`;
  if (subscription.refused !== reason) manager.bring({ kind: 'subscriptionRefused', status: attempt.status, reason: attempt.reason });
  subscription.refused = reason;
  subscription.refusedWanted = JSON.stringify(wanted);
}

/** Asks a person to look at a subscription that AMS made by itself; a later installation, with an id of its own, takes that back. */
function tellUnsubscribed(manager: ClusterManager, ids: string[] | undefined): void {
  if (ids === undefined) return;
  if (ids.length === 0) {
    manager.calmDown('unsubscribed');
    return;
  }
  const text = `AMS has another subscription of this cluster, made from its metrics: ${ids.join(', ')}`;
  if (manager.state.attentionNeeded === text) return;
  manager.bring({ kind: 'subscriptionUnsubscribed', ids });
  manager.needAttention('unsubscribed', text);
}

async function attemptPush(request: Parameters<typeof activities.pushSubscription>[0]): Promise<SubscriptionAttempt> {
  try {
    return await activities.pushSubscription.executeWithOptions({ summary: summaryOf(request.wanted) }, [request]);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return { kind: 'unavailable', reason: 'the attempt did not end in time' };
  }
}

function summaryOf(wanted: WantedSubscription): string {
  if (wanted.released) return 'release the subscription';
  const parts = [wanted.displayName, wanted.externalClusterId && 'external cluster id', wanted.consoleUrl && 'console URL'].filter((part) => part !== '');
  return `push ${wanted.status} to AMS (${parts.join(', ')})`;
}
