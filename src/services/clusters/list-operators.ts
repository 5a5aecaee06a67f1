import { readSnapshot } from '../../db/read-snapshot';
import type { MonitoredOperator } from '../../domain/cluster/model';
import type { ServiceDeps } from '../deps';
import { NotFound } from '../errors';

/**
 * Operators that are watched until the cluster is installed; none for a cluster that is not there.
 * Throws NotFound for a name the cluster does not have.
 */
export async function listOperators(deps: Pick<ServiceDeps, 'db'>, clusterId: string, name: string | undefined): Promise<MonitoredOperator[]> {
  const loaded = await readSnapshot(deps.db, clusterId, 'none');
  if (!loaded || loaded.row.deletedAt !== null) return [];
  if (name === undefined) return loaded.snapshot.operators;
  const operator = loaded.snapshot.operators.find((candidate) => candidate.name === name);
  if (!operator) throw new NotFound(`Cluster ${clusterId} has no operator "${name}".`);
  return [operator];
}
