import { timeLimit } from '../src/signals/time-limit';
import { subscriptionDifference, subscriptionPatches } from '../src/domain/subscription/difference';
import type { AppliedSubscription } from '../src/domain/subscription/model';
import type { ActivityDeps, SubscriptionService } from './deps';
import type { SubscriptionAttempt, SubscriptionPush } from './contract';

/** A little less than the activity's own time-out, so that an attempt ends by itself. */
const attemptMs = 9_000;

type FoundSubscription = Awaited<ReturnType<SubscriptionService['findSubscriptions']>>[number];

/**
 * One attempt to make AMS hold what the cluster's workflow wants. Creation searches first and again after, under a lock on the
 * cluster's id, and removes surplus Reserved subscriptions: one stays, whatever died when.
 * @param signal aborted once the workflow has given this attempt up: a later one may want something else, so this one stops
 * @returns what AMS confirmed, or why it did not; never throws for an answer of AMS or its absence
 */
export async function pushSubscription(deps: ActivityDeps, push: SubscriptionPush, signal?: AbortSignal): Promise<SubscriptionAttempt> {
  if (!deps.subscriptions) return { kind: 'applied', applied: push.applied };
  const bound = timeLimit(attemptMs, signal);
  const service = boundBy(deps.subscriptions, bound);
  try {
    return await deps.exclusively(`subscription ${push.clusterId}`, async () => {
      bound.throwIfAborted();
      const applied = await reconcile(service, push);
      return { kind: 'applied' as const, applied, ...(await findUnsubscribed(service, push, applied)) };
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
  await service.patchSubscription(held.id, Object.fromEntries(subscriptionPatches(wanted, held).map(({ field, value }) => [fieldNames[field], value])));
  return { ...held, ...wanted, externalClusterId: wanted.externalClusterId || held.externalClusterId, consoleUrl: wanted.consoleUrl || held.consoleUrl };
}

/**
 * Metrics that reached AMS before the cluster's OpenShift id did have made a subscription of their own, without all that the service
 * knows: a sign that something went wrong. It is told, not touched: it is AMS's.
 */
async function findUnsubscribed(service: SubscriptionService, { wanted, applied: held }: SubscriptionPush, applied: AppliedSubscription): Promise<{ unsubscribed?: string[] }> {
  const { externalClusterId } = wanted;
  if (wanted.released || externalClusterId === '' || externalClusterId === held?.externalClusterId) return {};
  const found = await service.findSubscriptions({ externalClusterId });
  return { unsubscribed: found.filter(({ id }) => id !== applied.id).map(({ id }) => id) };
}

const fieldNames = { display_name: 'displayName', external_cluster_id: 'externalClusterId', console_url: 'consoleUrl', status: 'status' } as const;

/** The service with every call ended by one signal. */
function boundBy(service: SubscriptionService, signal: AbortSignal): SubscriptionService {
  const options = { signal };
  return {
    findSubscriptions: (filter) => service.findSubscriptions(filter, options),
    createReservedSubscription: (input) => service.createReservedSubscription(input, options),
    patchSubscription: (id, fields) => service.patchSubscription(id, fields, options),
    deleteSubscription: (id) => service.deleteSubscription(id, options),
  };
}

async function findOrCreate(service: SubscriptionService, push: SubscriptionPush): Promise<AppliedSubscription> {
  const existing = await keepOne(service, push.clusterId);
  if (existing) return existing;
  await service.createReservedSubscription({ accountUsername: push.userName, clusterId: push.clusterId, displayName: push.wanted.displayName });
  const created = await keepOne(service, push.clusterId).catch((error: unknown) => {
    // It is there: a refusal now is none of the creation, which would leave it behind.
    throw Object.assign(new Error(error instanceof Error ? error.message : 'unknown', { cause: error }), { status: null });
  });
  if (!created) throw Object.assign(new Error('AMS created a subscription but does not list it.'), { status: null });
  return created;
}

/** The one subscription of a cluster; surplus Reserved ones are deleted, the oldest, which AMS lists first, stays. */
async function keepOne(service: SubscriptionService, clusterId: string): Promise<AppliedSubscription | undefined> {
  const found = await service.findSubscriptions({ clusterId });
  const [kept] = [...found].sort((a, b) => rank(a) - rank(b));
  for (const surplus of found) {
    if (surplus.id !== kept?.id && surplus.status === 'Reserved') await deleteReserved(service, surplus.id);
  }
  return kept && {
    id: kept.id,
    released: false,
    displayName: kept.displayName,
    externalClusterId: kept.externalClusterId,
    consoleUrl: kept.consoleUrl,
    // A Stale or Archived one was Active before: AMS's word on a running cluster stays.
    status: kept.status === 'Reserved' ? 'Reserved' : 'Active',
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
  // An installed cluster that is deleted before AMS has learned of its end runs on: its subscription becomes Active first, and stays.
  if (push.wanted.status === 'Active' && push.applied?.status !== 'Active') {
    const installed = { ...push, wanted: { ...push.wanted, released: false } };
    return { ...(await patch(service, installed, await findOrCreate(service, installed))), released: true };
  }
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
