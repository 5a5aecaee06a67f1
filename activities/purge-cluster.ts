import { purgeCluster as purgeRows } from '../src/db/purge-cluster';
import type { ActivityDeps } from './deps';

/** Permanently deletes a deregistered cluster: first its objects, then its rows, so that a failure leaves what finds the rest again. */
export async function purgeCluster(deps: ActivityDeps, request: { clusterId: string }): Promise<void> {
  await deps.images.remove(request.clusterId);
  await deps.artefacts.removeAll(request.clusterId);
  await purgeRows(deps.db, request.clusterId);
  deps.metrics.forgetCluster(request.clusterId);
}
