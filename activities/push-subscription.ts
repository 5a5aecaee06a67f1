import { sql } from 'drizzle-orm';
import { subscriptionDifference } from '../src/domain/subscription/difference';
import type { AppliedSubscription, WantedSubscription } from '../src/domain/subscription/model';
import type { ActivityDeps, SubscriptionService } from './deps';
import type { SubscriptionAttempt, SubscriptionPush } from './contract';

type FoundSubscription = Awaited<ReturnType<SubscriptionService['findSubscriptions']>>[number];

/**
 * One attempt to make AMS hold what the cluster's workflow wants. Creation searches first and again after, under a lock on the
 * cluster's id, and removes surplus Reserved subscriptions: one stays, whatever died when.
 * @returns what AMS confirmed, or why it did not; never throws for an answer of AMS or its absence
 */
export async function pushSubscription(deps: ActivityDeps, push: SubscriptionPush): Promise<SubscriptionAttempt> {
  const service = deps.subscriptions;
  if (!service) return { kind: 'applied', applied: push.applied };
  try {
    return await deps.db.transaction(async (tx) => {
      await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`subscription ${push.clusterId}`}, 0))`);
      return { kind: 'applied' as const, applied: await reconcile(service, push) };
    });
  } catch (error) {
    return toAttempt(error);
  }
}

async function reconcile(service: SubscriptionService, push: SubscriptionPush): Promise<AppliedSubscription> {
  if (push.wanted.released) return release(service, push);
  if (!push.applied) return patch(service, push, await findOrCreate(service, push));
  try {
    return await patch(service, push, push.applied);
  } catch (error) {
    // Somebody took it away: then there is another one, or there has to be.
    if (statusOf(error) !== 404) throw error;
    return patch(service, push, await findOrCreate(service, push));
  }
}

async function patch(service: SubscriptionService, { wanted }: SubscriptionPush, held: AppliedSubscription): Promise<AppliedSubscription> {
  if (subscriptionDifference(wanted, held) !== 'patch') return held;
  await service.patchSubscription(held.id, fieldsToPatch(wanted, held));
  return { ...held, ...wanted, externalClusterId: wanted.externalClusterId || held.externalClusterId, consoleUrl: wanted.consoleUrl || held.consoleUrl };
}

function fieldsToPatch(wanted: WantedSubscription, held: AppliedSubscription): Parameters<SubscriptionService['patchSubscription']>[1] {
  return {
    ...(wanted.displayName !== held.displayName && { displayName: wanted.displayName }),
    ...(wanted.externalClusterId !== '' && wanted.externalClusterId !== held.externalClusterId && { externalClusterId: wanted.externalClusterId }),
    ...(wanted.consoleUrl !== '' && wanted.consoleUrl !== held.consoleUrl && { consoleUrl: wanted.consoleUrl }),
    ...(wanted.status === 'Active' && held.status !== 'Active' && { status: 'Active' as const }),
  };
}

async function findOrCreate(service: SubscriptionService, push: SubscriptionPush): Promise<AppliedSubscription> {
  const existing = await keepOne(service, push.clusterId);
  if (existing) return existing;
  await service.createReservedSubscription({ accountUsername: push.userName, clusterId: push.clusterId, displayName: push.wanted.displayName });
  const created = await keepOne(service, push.clusterId);
  if (!created) throw Object.assign(new Error('AMS created a subscription but does not list it.'), { status: null });
  return created;
}

/** The one subscription of a cluster; surplus Reserved ones are deleted, the oldest stays. */
async function keepOne(service: SubscriptionService, clusterId: string): Promise<AppliedSubscription | undefined> {
  const found = await service.findSubscriptions({ clusterId });
  const [kept] = [...found].sort((a, b) => rank(a) - rank(b) || a.id.localeCompare(b.id));
  for (const surplus of found) {
    if (surplus.id !== kept?.id && surplus.status === 'Reserved') await deleteReserved(service, surplus.id);
  }
  return kept && {
    id: kept.id,
    released: false,
    displayName: kept.displayName,
    externalClusterId: kept.externalClusterId,
    consoleUrl: kept.consoleUrl,
    status: kept.status === 'Active' ? 'Active' : 'Reserved',
  };
}

const rank = (subscription: FoundSubscription): number => (subscription.status === 'Reserved' ? 1 : 0);

/** Another became Active in between: then it stays. */
async function deleteReserved(service: SubscriptionService, id: string): Promise<void> {
  try {
    await service.deleteSubscription(id);
  } catch (error) {
    if (statusOf(error) !== 409) throw error;
  }
}

/** A Reserved subscription goes with its cluster; an Active, Stale or Archived one belongs to the running cluster and stays. */
async function release(service: SubscriptionService, push: SubscriptionPush): Promise<AppliedSubscription> {
  for (const subscription of await service.findSubscriptions({ clusterId: push.clusterId })) {
    if (subscription.status === 'Reserved') await deleteReserved(service, subscription.id);
  }
  return { ...(push.applied ?? { ...push.wanted, id: '' }), released: true };
}

function toAttempt(error: unknown): SubscriptionAttempt {
  const status = statusOf(error);
  const reason = error instanceof Error ? error.message : 'unknown';
  if (typeof status === 'number' && status >= 400 && status < 500 && status !== 408 && status !== 429) return { kind: 'refused', status, reason };
  return { kind: 'unavailable', reason };
}

const statusOf = (error: unknown): unknown => (typeof error === 'object' && error !== null && 'status' in error ? error.status : null);
