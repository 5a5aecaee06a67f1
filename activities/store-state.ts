import { timeLimit } from '../src/signals/time-limit';
import { readSnapshot } from '../src/db/read-snapshot';
import { findPullSecret } from '../src/db/pull-secret';
import type { ActivityDeps } from './deps';
import { failureTypes, permanentFailure } from './failures';
import { hashPullSecret } from './hash-documents';
import { sealState, stateObjectAddress } from './state-object';

/** Ends before the time-out of the activity, so that an attempt that was given up writes nothing over the next one's object. */
const longestMs = 10_000;

/**
 * Writes the state object of a cluster from its rows: what the workflow does not carry, should the database be lost. A cluster
 * that is deregistered meanwhile has none written. Throws RevisionBehind for rows older than the workflow: they know less than the object.
 */
export async function storeState(deps: ActivityDeps, request: { clusterId: string; revision: number }, cancelled: AbortSignal): Promise<void> {
  const { clusterId } = request;
  const signal = timeLimit(longestMs, cancelled);
  const loaded = await readSnapshot(deps.db, clusterId);
  const revision = loaded?.versions.revision ?? 0;
  if (!loaded || revision < request.revision) throw permanentFailure(failureTypes.revisionBehind, `The rows have revision ${revision}, the workflow knows ${request.revision}.`, revision);
  if (loaded.row.deletedAt !== null) return;
  const pullSecret = (await findPullSecret(deps.db, clusterId)) ?? null;
  if (hashPullSecret(pullSecret) !== loaded.pullSecretHash) throw new Error('The cluster changed while it was read.');
  const sealed = await sealState(deps.secretBox, { snapshot: loaded.snapshot, revision, pullSecret });
  signal.throwIfAborted();
  await deps.stateStore.putObject(stateObjectAddress(clusterId), sealed, { signal, contentType: 'application/octet-stream' });
}
