import { ActivityFailure } from '@temporalio/workflow';
import type { SubscriptionAttempt } from '../../activities/contract';
import { subscriptionDifference } from '../../src/domain/subscription/difference';
import type { WantedSubscription } from '../../src/domain/subscription/model';
import { refusedSubscriptionRetryMs, subscriptionBackoff } from '../policies';
import type { ClusterManager } from './manager';
import { activities } from './proxies';

/** Starts one push when AMS holds something else than wanted and no back-off is running; it goes on beside the main loop. */
export function reconcileSubscription(manager: ClusterManager): void {
  const { subscription } = manager.state;
  manager.notePushEnded();
  if (manager.pushing) return;
  if (!subscription.wanted || subscriptionDifference(subscription.wanted, subscription.applied) === null) {
    subscription.retryAt = null;
    return;
  }
  const sameAsRefused = subscription.refused === null || subscription.refusedWanted === JSON.stringify(subscription.wanted);
  if (subscription.retryAt !== null && subscription.retryAt > Date.now() && sameAsRefused) return;
  manager.setPushing(true);
  void push(manager, subscription.wanted).finally(() => {
    manager.setPushing(false);
  });
}

async function push(manager: ClusterManager, wanted: WantedSubscription): Promise<void> {
  const { subscription, clusterId, userName } = manager.state;
  const attempt = await attemptPush({ clusterId, userName, wanted, applied: subscription.applied });
  if (attempt.kind === 'applied') {
    const isNew = attempt.applied !== null && attempt.applied.id !== subscription.applied?.id && !wanted.released;
    if (isNew && attempt.applied) manager.bring({ kind: 'subscriptionApplied', applied: attempt.applied });
    tellUnsubscribed(manager, attempt.unsubscribed);
    Object.assign(subscription, { applied: attempt.applied, failures: 0, refused: null, refusedWanted: null, retryAt: null });
    return;
  }
  subscription.failures += 1;
  if (attempt.kind === 'unavailable') {
    subscription.retryAt = Date.now() + subscriptionBackoff(subscription.failures);
    return;
  }
  subscription.retryAt = Date.now() + refusedSubscriptionRetryMs;
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
  manager.bring({ kind: 'subscriptionUnsubscribed', ids });
  manager.needAttention('unsubscribed', `AMS has another subscription of this cluster, made from its metrics: ${ids.join(', ')}`);
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
