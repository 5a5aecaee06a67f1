import { loadSnapshot } from '../src/db/load-snapshot';
import { findPullSecret } from '../src/db/pull-secret';
import { dropFactsBefore, openClusterLock, saveRestoredVersions } from '../src/db/restored-versions';
import { replaceCluster } from '../src/db/replace-cluster';
import { appendEvents } from '../src/db/events';
import { listPendingFacts } from '../src/db/record-facts';
import { draftEvent } from '../src/domain/events/draft-event';
import { restoreSnapshot } from '../src/domain/cluster/restore';
import { StoreError } from '../src/store/store-error';
import type { RestoreRequest, RestoreResult } from './contract';
import type { ActivityDeps } from './deps';
import { openState, stateObjectAddress, type StoredState } from './state-object';

/**
 * Writes the rows of a cluster again that are gone, or older than its workflow: what the workflow carries wins, the state
 * object gives the documents, older rows what neither knows. Facts that were recorded since the database is back stay to be applied.
 * Rows that are as new as the workflow are left alone, so running it twice changes nothing.
 */
export async function restoreCluster(deps: ActivityDeps, { refreshId, state }: RestoreRequest, signal: AbortSignal): Promise<RestoreResult> {
  const { clusterId } = state;
  const stored = await findStored(deps, clusterId, signal);
  return deps.db.transaction(async (tx) => {
    const versions = await openClusterLock(tx, clusterId);
    if (versions.revision >= state.revision) return { revision: versions.revision, restored: false };
    const now = new Date();
    const loaded = await loadSnapshot(tx, clusterId);
    const older = loaded?.snapshot ?? null;
    const pullSecret = stored ? stored.pullSecret : ((await findPullSecret(tx, clusterId)) ?? null);
    await dropFactsBefore(tx, clusterId, new Date(state.refreshedAt));
    const pending = await listPendingFacts(tx, clusterId, 0);
    const restored = restoreSnapshot({ ...state, subscriptionId: state.subscription.applied?.id ?? '' }, stored?.snapshot ?? null, older, now, deps.settings);
    const newcomers = (older?.hosts ?? []).filter(({ id }) => pending.some(({ fact }) => fact.kind === 'hostRegistered' && fact.hostId === id) && restored.hosts.every((host) => host.id !== id));
    const cluster = { ...restored.cluster, pullSecretSet: pullSecret !== null };
    const revision = state.revision + 1;
    await replaceCluster(tx, { ...restored, cluster, hosts: [...restored.hosts, ...newcomers] }, {
      pullSecret,
      deletedAt: state.deregisteredAt === null ? null : new Date(state.deregisteredAt),
      now,
    });
    await saveRestoredVersions(tx, clusterId, { revision, refreshId, appliedVersion: state.appliedVersion, factsVersion: Math.max(versions.factsVersion, state.appliedVersion) + 1 });
    const from = stored ? 'its workflow and its stored documents' : older ? 'its workflow and an older database' : 'its workflow alone: its settings have to be given again';
    await appendEvents(tx, [draftEvent('cluster_restored', { name: state.name, from }, { clusterId, cause: revision, at: now })]);
    signal.throwIfAborted();
    deps.log.warn({ cluster_id: clusterId, revision, from, rows: older ? versions.revision : 'none' }, 'The rows of a cluster were written again.');
    return { revision, restored: true };
  });
}

/** The state object; undefined when there is none. One that cannot be opened is a fault that a person has to see. */
async function findStored(deps: ActivityDeps, clusterId: string, signal: AbortSignal): Promise<StoredState | undefined> {
  try {
    const sealed = await deps.stateStore.readObject(stateObjectAddress(clusterId), { signal });
    return await openState(deps.secretBox, sealed, clusterId);
  } catch (error) {
    if (error instanceof StoreError && error.type === 'NotFound') return undefined;
    throw error;
  }
}
