import { ActivityFailure, condition } from '@temporalio/workflow';
import type { SubscriptionAttempt } from '../../../activities/contract';
import type { Refusal } from '../../../src/domain/refusal';
import type { ClusterManager } from '../manager';
import { registerAddHostsUpdate, registerUpdate } from '../messages';
import { activities } from '../proxies';
import { noteUnanswered } from '../subscription';

/**
 * A registration waits for one attempt at AMS: a refusal by AMS refuses it and leaves nothing behind; no answer lets it pass,
 * the subscription follows later.
 */
export async function reserveForRegistration(manager: ClusterManager): Promise<{ intentId: string; refusal: Refusal }[]> {
  const message = manager.inbox.find((entry) => entry.update === registerUpdate || entry.update === registerAddHostsUpdate);
  if (!message) return [];
  await takeBackRelease(manager);
  if (message.update === registerAddHostsUpdate || manager.state.subscription.applied) return [];
  const attempt = await attemptReservation(manager, message.intentId);
  if (attempt.kind !== 'refused') manager.mayBeReserved = attempt.kind === 'unavailable' || attempt.applied !== null;
  if (attempt.kind === 'applied') {
    manager.state.subscription.applied = attempt.applied;
    if (attempt.applied) manager.bring({ kind: 'subscriptionApplied', applied: attempt.applied });
    return [];
  }
  if (attempt.kind === 'unavailable') {
    noteUnanswered(manager);
    return [];
  }
  const reason = `The subscription service refused the cluster (${attempt.status}): ${attempt.reason}`;
  return [{ intentId: message.intentId, refusal: { type: attempt.status === 403 ? 'Forbidden' : 'Invalid', reason } }];
}

/** The user tries again what was given up: a release that was begun ends first, then its subscription counts as gone. */
async function takeBackRelease(manager: ClusterManager): Promise<void> {
  manager.finished = false;
  const { subscription } = manager.state;
  if (!subscription.wanted?.released) return;
  await condition(() => !manager.pushing);
  if (subscription.applied?.released) subscription.applied = null;
  Object.assign(subscription, { wanted: null, retryAt: null });
}

async function attemptReservation(manager: ClusterManager, intentId: string): Promise<SubscriptionAttempt> {
  try {
    return await activities.reserveSubscription.executeWithOptions({ summary: 'reserve the subscription' }, [{ clusterId: manager.state.clusterId, intentId }]);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return { kind: 'unavailable', reason: 'no answer within the time a registration waits' };
  }
}
