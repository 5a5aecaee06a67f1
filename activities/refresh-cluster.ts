import { lockCluster, listPendingFacts } from '../src/db/record-facts';
import { loadForEvaluation } from '../src/db/load-for-evaluation';
import { saveSnapshot } from '../src/db/save-snapshot';
import { appendEvents } from '../src/db/events';
import { insertCluster } from '../src/db/insert-cluster';
import { markApplied } from '../src/db/mark-applied';
import { forgetRemovedHosts } from '../src/db/removed-hosts';
import { softDeleteCluster } from '../src/db/soft-delete-cluster';
import { lockIntent, settleIntent } from '../src/db/settle-intent';
import { savePullSecret } from '../src/db/pull-secret';
import type { Executor } from '../src/db/client';
import { evaluateCluster } from '../src/domain/cluster/evaluate';
import { applyFact } from '../src/domain/cluster/apply-fact';
import { applyIntent } from '../src/domain/cluster/apply-intent';
import { applyOutcome } from '../src/domain/cluster/apply-outcome';
import { createConnectivity, type Connectivity } from '../src/domain/cluster/connectivity';
import { createAddHostsSnapshot } from '../src/domain/cluster/create-add-hosts';
import { createClusterSnapshot } from '../src/domain/cluster/create';
import type { Change, Evaluation } from '../src/domain/cluster/evaluation';
import { isRegistration } from '../src/domain/cluster/intents';
import type { ClusterSnapshot } from '../src/domain/cluster/model';
import { draftRefusalEvents } from '../src/domain/cluster/refusal-events';
import { draftRegistrationFailure } from '../src/domain/cluster/registration-failure';
import { isRefusal, type Refusal } from '../src/domain/refusal';
import type { EventDraft } from '../src/domain/events/draft';
import { measureChange } from '../src/domain/metrics/measure-change';
import type { Measure } from '../src/domain/metrics/measure';
import type { ActivityDeps } from './deps';
import type { IntentOutcome, RefreshRequest, RefreshResult } from './contract';
import { hashPullSecret } from './hash-documents';
import { toRefreshResult } from './refresh-result';
import { noteFailedRefresh } from './note-failed-refresh';
import { checkRevision } from './check-revision';

/** A cluster in the middle of a refresh: its rows as they were, as they will be, and the events on the way. */
interface Work {
  before: ClusterSnapshot;
  snapshot: ClusterSnapshot;
  events: EventDraft[];
  intents: Record<string, IntentOutcome>;
  deregistered: boolean;
  connectivity: Connectivity;
  pullSecretHash: string;
}

/**
 * The one writer of a cluster's rows: under the cluster's lock it applies the facts log, what other activities brought
 * back and the users' intents, evaluates the cluster, and writes what changed with the events it causes, in one transaction.
 * Running it twice changes nothing: facts are marked as applied and intents as settled in the same transaction.
 * Throws RevisionBehind when the rows are older than the workflow.
 * @param signal aborted once the workflow has given this attempt up: then nothing is committed any more, because a later
 * refresh may have gone on from the rows as they were
 */
export async function refreshCluster(deps: ActivityDeps, request: RefreshRequest, signal?: AbortSignal): Promise<RefreshResult> {
  const started = performance.now();
  const { result, measures } = await deps.db.transaction(async (tx) => {
    const done = await refreshLocked(deps, tx, request);
    signal?.throwIfAborted();
    return done;
  }).catch(async (error: unknown) => {
    await noteFailedRefresh(deps, request, error);
    throw error;
  });
  // After the commit, so that a retry never counts twice; a process that dies right here counts once too few.
  deps.metrics.record([...measures, { metric: 'operation_duration_miliseconds', labels: { operation: 'ClusterMonitoring' }, value: performance.now() - started }]);
  return result;
}

/** What a transaction decided, and what is to be counted once it is committed. */
interface Refreshed {
  result: RefreshResult;
  measures: Measure[];
}

const measuresOf = (stored: EventDraft[]): Measure[] => stored.flatMap((event) => event.measures ?? []);

async function refreshLocked(deps: ActivityDeps, tx: Executor, request: RefreshRequest): Promise<Refreshed> {
  const now = new Date(request.now);
  const versions = await lockCluster(tx, request.clusterId);
  checkRevision(request, versions);
  if (!versions) return register(deps, tx, request, now);
  const [loaded, facts] = await Promise.all([loadForEvaluation(tx, request.clusterId, now), listPendingFacts(tx, request.clusterId, versions.appliedSeq)]);
  if (!loaded) throw new Error('A cluster has versions but no row.');
  const work: Work = { before: loaded.snapshot, snapshot: loaded.snapshot, events: [], intents: {}, deregistered: loaded.row.deletedAt !== null, connectivity: createConnectivity(deps.settings), pullSecretHash: loaded.pullSecretHash };
  for (const refused of request.refusals) {
    await settleIntent(tx, refused.intentId, now, { refusal: refused.refusal });
    work.intents[refused.intentId] = { applied: false, refusal: refused.refusal };
  }
  if (!work.deregistered) {
    for (const fact of facts) take(work, applyFact(work.snapshot, fact, deps.settings));
  }
  for (const { at, outcome } of request.outcomes) take(work, applyOutcome(work.snapshot, outcome, new Date(at), deps.settings));
  let evaluation = evaluate(deps, work, now);
  for (const intentId of request.doubtful ?? []) await findDoubtful(tx, work, intentId);
  for (const intentId of request.intents) await applyStoredIntent(deps, tx, work, intentId, now);
  const active = versions.factsVersion > versions.appliedVersion || Object.values(work.intents).some((outcome) => outcome.applied);
  if (active) work.snapshot = { ...work.snapshot, cluster: { ...work.snapshot.cluster, activeAt: now } };
  if (active || evaluation?.duties.includes('deregisterInactive')) evaluation = evaluate(deps, work, now);
  if (!work.deregistered && evaluation?.duties.includes('deregisterInactive')) {
    const change = applyIntent(work.snapshot, { operation: 'deregister' }, now, deps.settings);
    if (!isRefusal(change)) {
      take(work, change);
      await softDelete(tx, work, now);
    }
  }
  const firstRemovalAt = await forgetRemoved(deps, tx, loaded.firstRemovalAt, work, now);
  const written = await saveSnapshot(tx, work.before, work.snapshot, now);
  const stored = await appendEvents(tx, work.events);
  const lastSeq = facts.at(-1)?.seq ?? versions.appliedSeq;
  const deletedNow = work.deregistered && loaded.row.deletedAt === null;
  const isRetry = versions.refreshId === request.refreshId;
  const revision = await markApplied(tx, versions, { appliedSeq: lastSeq, refreshId: request.refreshId, written: written || deletedNow || (work.events.length > 0 && !isRetry) });
  const result = toRefreshResult(deps, { ...work, evaluation, revision, appliedVersion: versions.factsVersion, deregisteredAt: work.deregistered ? (loaded.row.deletedAt ?? now) : null, firstRemovalAt, knownHosts: request.hosts });
  return { result, measures: measuresOf(stored) };
}

/**
 * Deletes the rows of hosts that were deregistered long enough ago, while their cluster lives on.
 * @returns when the first of the others was deregistered, perhaps by this very refresh
 */
async function forgetRemoved(deps: ActivityDeps, tx: Executor, first: Date | null, work: Work, now: Date): Promise<Date | null> {
  if (work.deregistered) return null;
  const until = new Date(now.getTime() - deps.settings.deadlines.permanentDeletion);
  const left = first !== null && first <= until ? await forgetRemovedHosts(tx, work.before.cluster.id, until) : first;
  if (left !== null) return left;
  const stays = new Set(work.snapshot.hosts.map((host) => host.id));
  return work.before.hosts.every((host) => stays.has(host.id)) ? null : now;
}

const take = (work: Work, change: Change): void => {
  work.events.push(...measureChange(work.snapshot, change));
  work.snapshot = change.snapshot;
};

function evaluate(deps: ActivityDeps, work: Work, now: Date): Evaluation | null {
  if (work.deregistered) return null;
  const evaluation = evaluateCluster(work.snapshot, now, deps.settings, work.connectivity);
  take(work, evaluation);
  return evaluation;
}

async function softDelete(tx: Executor, work: Work, now: Date): Promise<void> {
  await softDeleteCluster(tx, work.snapshot.cluster.id, now);
  work.deregistered = true;
}

/** Tells of an intent that an earlier attempt has applied although its answer never came. */
async function findDoubtful(tx: Executor, work: Work, intentId: string): Promise<void> {
  const intent = await lockIntent(tx, intentId);
  if (intent?.status === 'applied') work.intents[intentId] = applied(intent.result);
}

async function applyStoredIntent(deps: ActivityDeps, tx: Executor, work: Work, intentId: string, now: Date): Promise<void> {
  const intent = await lockIntent(tx, intentId);
  const outcome = await decide();
  work.intents[intentId] = outcome;

  async function decide(): Promise<IntentOutcome> {
    if (!intent) return refused({ type: 'NotFound', reason: 'The request is not stored.' });
    if (intent.status === 'refused' && intent.refusal) return refused(intent.refusal);
    if (intent.status === 'applied') return applied(intent.result);
    if (work.deregistered) return settleRefused({ type: 'NotFound', reason: `Cluster ${work.snapshot.cluster.id} is not there: it was deregistered.` });
    if (isRegistration(intent.body)) {
      const type = intent.body.operation === 'register' ? 'Conflict' : 'Invalid';
      const refusal: Refusal = { type, reason: `Cluster ${work.snapshot.cluster.id} is already registered.` };
      work.events.push(draftRegistrationFailure(intent.body, work.snapshot.cluster.id, refusal.reason, now));
      return settleRefused(refusal);
    }
    const change = applyIntent(work.snapshot, intent.body, now, deps.settings);
    if (isRefusal(change)) {
      work.events.push(...draftRefusalEvents(work.snapshot, intent.body, change, now, deps.settings));
      return settleRefused(change);
    }
    take(work, change);
    if (intent.body.operation === 'updateCluster' && intent.body.pullSecretSet !== undefined) {
      await savePullSecret(tx, work.snapshot.cluster.id, intent.secret);
      work.pullSecretHash = hashPullSecret(intent.secret);
    }
    if (intent.body.operation === 'deregister') await softDelete(tx, work, now);
    else evaluate(deps, work, now);
    const result = { ...(change.image && { image: change.image }), ...(change.removeImage && { removeImage: true }), ...(change.installHosts && { installHosts: change.installHosts.join(',') }) };
    await settleIntent(tx, intentId, now, { result });
    return applied(result);
  }
  async function settleRefused(refusal: Refusal): Promise<IntentOutcome> {
    await settleIntent(tx, intentId, now, { refusal });
    return refused(refusal);
  }
}

const refused = (refusal: Refusal): IntentOutcome => ({ applied: false, refusal });

function applied(result: Record<string, string | boolean> | null): IntentOutcome {
  const { image, removeImage, installHosts } = result ?? {};
  return {
    applied: true,
    ...((image === 'reuse' || image === 'build') && { image }),
    ...(removeImage === true && { removeImage }),
    ...(typeof installHosts === 'string' && { installHosts: installHosts.split(',') }),
  };
}

/** There is no row yet: the only intent that makes sense is the registration. */
async function register(deps: ActivityDeps, tx: Executor, request: RefreshRequest, now: Date): Promise<Refreshed> {
  const intents: Record<string, IntentOutcome> = {};
  let work: Work | null = null;
  for (const { intentId, refusal } of request.refusals) {
    const intent = await lockIntent(tx, intentId);
    await settleIntent(tx, intentId, now, { refusal });
    if (intent && isRegistration(intent.body)) await appendEvents(tx, [draftRegistrationFailure(intent.body, request.clusterId, refusal.reason, now)]);
    intents[intentId] = refused(refusal);
  }
  for (const intentId of request.intents) {
    const intent = await lockIntent(tx, intentId);
    if (intent?.status === 'refused' && intent.refusal) intents[intentId] = refused(intent.refusal);
    else if (!intent || !isRegistration(intent.body)) intents[intentId] = refused({ type: 'NotFound', reason: `Cluster ${request.clusterId} is not registered.` });
    else {
      const created = intent.body.operation === 'register'
        ? createClusterSnapshot(intent.body, { clusterId: request.clusterId }, intent.secret !== null, now, deps.settings)
        : createAddHostsSnapshot(intent.body, request.clusterId, now);
      await insertCluster(tx, created.snapshot, intent.secret, now);
      work = { before: created.snapshot, snapshot: created.snapshot, events: measureChange(created.snapshot, created), intents, deregistered: false, connectivity: createConnectivity(deps.settings), pullSecretHash: hashPullSecret(intent.secret) };
      await settleIntent(tx, intentId, now, { result: {} });
      intents[intentId] = applied(null);
    }
  }
  if (!work) return { result: { kind: 'absent', revision: 0, appliedVersion: 0, intents, cluster: null, hosts: [], deadline: null, duties: [], wanted: null }, measures: [] };
  for (const { at, outcome } of request.outcomes) take(work, applyOutcome(work.snapshot, outcome, new Date(at), deps.settings));
  const evaluation = evaluate(deps, work, now);
  await saveSnapshot(tx, work.before, work.snapshot, now);
  const stored = await appendEvents(tx, work.events);
  const versions = await lockCluster(tx, request.clusterId);
  if (!versions) throw new Error('A new cluster has no versions.');
  const revision = await markApplied(tx, versions, { appliedSeq: 0, refreshId: request.refreshId, written: true });
  return { result: toRefreshResult(deps, { ...work, evaluation, revision, appliedVersion: 0, deregisteredAt: null, firstRemovalAt: null }), measures: measuresOf(stored) };
}
