import { readSnapshot } from '../src/db/read-snapshot';
import { IgnitionError } from '../src/domain/ignition/ignition-error';
import type { ActivityDeps } from './deps';
import { failureTypes, permanentFailure } from './failures';

export interface StoredIgnitions {
  hostIds: string[];
  /** Hosts whose ignition cannot be made, whatever is retried. */
  refused: { hostId: string; reason: string }[];
}

/** Makes and stores the ignitions of day-2 hosts; a host that is gone is left out, and one that cannot have any keeps no other from its own. */
export async function storeHostIgnitions(deps: ActivityDeps, request: { clusterId: string; hostIds: string[] }): Promise<StoredIgnitions> {
  const loaded = await readSnapshot(deps.db, request.clusterId);
  if (!loaded || loaded.row.deletedAt) throw permanentFailure(failureTypes.artefactsRefused, 'The cluster is not there any more.');
  const stored: StoredIgnitions = { hostIds: [], refused: [] };
  for (const host of loaded.snapshot.hosts.filter(({ id }) => request.hostIds.includes(id))) {
    try {
      await deps.artefacts.storeDay2Ignition(loaded.snapshot, host);
      stored.hostIds.push(host.id);
    } catch (error) {
      if (!(error instanceof IgnitionError)) throw error;
      deps.log.warn({ cluster_id: request.clusterId, host_id: host.id, reason: error.message }, 'The ignition of a day-2 host cannot be made.');
      stored.refused.push({ hostId: host.id, reason: error.message });
    }
  }
  return stored;
}
