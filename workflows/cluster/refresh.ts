import type { RefreshRequest } from '../../activities/contract';
import type { Refusal } from '../../src/domain/refusal';
import { abandonedRegistrationMs, refreshBackoff } from '../policies';
import type { ClusterManager } from './manager';
import { installUpdate, resetUpdate } from './messages';
import { activities } from './proxies';
import { buildImage } from './phases/build-image';
import { installHosts } from './phases/install-hosts';
import { removeOutdatedImage } from './phases/remove-outdated-image';
import { removeInstallation } from './phases/reset';
import { isRestorable, restoreRows } from './phases/restore';
import { reserveForRegistration } from './phases/register';
import { ActivityFailure, ApplicationFailure, isCancellation, patched, TemporalFailure } from '@temporalio/workflow';

/** One turn of the main loop: everything that waits becomes one transaction; what it asks for is begun. */
export async function refresh(manager: ClusterManager): Promise<void> {
  const refusals = manager.state.registered ? [] : await reserveForRegistration(manager);
  const request = manager.nextRefresh(Date.now(), refusals);
  const updates = new Map([...manager.doubtful, ...manager.inbox.map((message) => [message.intentId, message.update] as const)]);
  try {
    const result = await activities.refreshCluster.executeWithOptions({ summary: summaryOf(manager, request, refusals) }, [request]);
    manager.adopt(request, result);
    for (const [intentId, outcome] of Object.entries(result.intents)) {
      if (!outcome.applied) continue;
      if (outcome.image) buildImage(manager, intentId, outcome.image === 'reuse');
      if (outcome.removeImage) removeOutdatedImage(manager);
      if (outcome.installHosts) installHosts(manager, intentId, outcome.installHosts);
      if (updates.get(intentId) === resetUpdate) removeInstallation(manager);
      if (updates.get(intentId) === installUpdate) manager.installations += 1;
    }
  } catch (error) {
    // The failure of a local activity comes bare; let out, it would fail the workflow, and with it the cluster.
    if (!(error instanceof TemporalFailure) || isCancellation(error)) throw error;
    const cause = error instanceof ActivityFailure ? error.cause : error;
    if (cause instanceof ApplicationFailure && cause.type === 'RevisionAhead') {
      acceptRevision(manager, request, cause);
      return;
    }
    if (cause instanceof ApplicationFailure && isRestorable(cause) && (await restoreRows(manager, request))) return;
    if (cause instanceof ApplicationFailure && cause.nonRetryable) manager.needAttention('database', cause.message);
    manager.refreshFailures += 1;
    if (!manager.state.registered) manager.abandonAt ??= Date.now() + abandonedRegistrationMs;
    manager.refreshFailed(request, Date.now() + refreshBackoff(manager.refreshFailures));
  }
}

/** How often in a row a refresh goes on at once from rows that it did not expect. */
const acceptedInARow = 3;

/**
 * The rows are ahead of the workflow. A lost workflow task does that: several refreshes can be part of one task, and their
 * results go with it, but not what they wrote. These were the workflow's own, so the next refresh goes on from them at once and
 * nobody is told. Rows whose revision moved without a refresh were written by somebody else: a person is told.
 */
function acceptRevision(manager: ClusterManager, request: RefreshRequest, failure: ApplicationFailure): void {
  const { state } = manager;
  state.revision = Number(failure.details?.[0] ?? state.revision);
  const refreshCount = Number(failure.details?.[1] ?? 0);
  if (refreshCount > state.refreshCount) state.refreshCount = refreshCount;
  else manager.needAttention('writer', failure.message);
  manager.refreshFailures += 1;
  // 2026-11-21: requests of users are kept here, where runs begun before refused them. To be removed when no run is older than four weeks.
  if (manager.refreshFailures <= acceptedInARow && patched('keep-requests-of-lost-tasks')) manager.refreshAgain();
  else manager.refreshFailed(request, Date.now() + 1_000);
}

/** Longest summary that Temporal Web shows in one line. */
const summaryLength = 180;

/** Why the cluster is evaluated, for the timeline. */
function summaryOf(manager: ClusterManager, request: RefreshRequest, refusals: { refusal: Refusal }[]): string {
  const why = [
    ...manager.inbox.map((message) => message.update),
    ...request.outcomes.map(({ outcome }) => outcome.kind),
    ...refusals.map(() => 'refused'),
    ...manager.notices,
  ];
  manager.notices = [];
  const text = [...new Set(why)].join(', ') || 'look at the present state';
  return text.length > summaryLength ? `${text.slice(0, summaryLength)}…` : text;
}
