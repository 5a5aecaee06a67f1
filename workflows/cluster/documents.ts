import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import { storeStateBackoff } from '../policies';
import type { ClusterManager } from './manager';
import { activities } from './proxies';

/**
 * Writes the state object anew when the documents of the cluster are not those it holds and no back-off is running. It goes on
 * beside the main loop: an object store that is away delays it and nothing else. A deregistered cluster needs none any more.
 */
export function reconcileDocuments(manager: ClusterManager): void {
  const { documents, deregisteredAt } = manager.state;
  if (manager.storing) return;
  if (documents.wanted === null || documents.wanted === documents.stored || deregisteredAt !== null) {
    documents.retryAt = null;
    return;
  }
  if (documents.retryAt !== null && documents.retryAt > Date.now()) return;
  manager.setStoring(true);
  void store(manager).finally(() => manager.setStoring(false));
}

async function store(manager: ClusterManager): Promise<void> {
  const { documents, clusterId, revision } = manager.state;
  const { wanted } = documents;
  try {
    await activities.storeState.executeWithOptions({ summary: 'store the documents of the cluster' }, [{ clusterId, revision }]);
    // Whatever was stored is at least as new as what was wanted then.
    Object.assign(documents, { stored: wanted, retryAt: null, failures: 0 });
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    // The rows are older than this workflow: the next refresh writes them again.
    if (error.cause instanceof ApplicationFailure && error.cause.type === 'RevisionBehind') manager.dirty = true;
    documents.failures += 1;
    documents.retryAt = Date.now() + storeStateBackoff(documents.failures);
  }
}
