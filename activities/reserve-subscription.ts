import { findIntent } from '../src/db/intents';
import type { ActivityDeps } from './deps';
import type { SubscriptionAttempt } from './contract';
import { pushSubscription } from './push-subscription';

/**
 * The one attempt a registration waits for. The name and the owner are read from the stored intent: they are not the workflow's yet.
 * @returns `applied` with null when subscriptions are switched off
 */
export async function reserveSubscription(deps: ActivityDeps, request: { clusterId: string; intentId: string }, signal?: AbortSignal): Promise<SubscriptionAttempt> {
  const intent = await findIntent(deps.db, request.intentId);
  if (!deps.subscriptions || intent?.body.operation !== 'register') return { kind: 'applied', applied: null };
  return pushSubscription(deps, {
    clusterId: request.clusterId,
    userName: intent.body.userName,
    wanted: { released: false, displayName: intent.body.name, externalClusterId: '', consoleUrl: '', status: 'Reserved' },
    applied: null,
  }, signal);
}
