import { findCheckInsSince } from './check-in-watch';
import type { Executor } from './client';
import { loadSnapshot, type LoadedCluster } from './load-snapshot';

/**
 * A cluster as it is to be judged: nobody was silent before check-ins could be stored without a gap, so an outage of the API
 * or the database is not taken for one of the agents. A host that counts as disconnected has to be heard to be back.
 */
export async function loadForEvaluation(tx: Executor, clusterId: string, now: Date): Promise<LoadedCluster | undefined> {
  const [loaded, since] = await Promise.all([loadSnapshot(tx, clusterId), findCheckInsSince(tx, now)]);
  if (!loaded || since === null) return loaded;
  const hosts = loaded.snapshot.hosts.map((host) => (host.status !== 'disconnected' && host.checkedInAt !== null && host.checkedInAt < since ? { ...host, checkedInAt: since } : host));
  return { ...loaded, snapshot: { ...loaded.snapshot, hosts } };
}
