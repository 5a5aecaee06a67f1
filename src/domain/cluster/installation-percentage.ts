import { countStages } from '../host/stages';
import { enabledHosts } from './enabled-hosts';
import type { ClusterSnapshot } from './model';
import { isOperatorSettled } from './operators';
import type { ClusterStatus } from './status';

export interface ClusterPercentage {
  preparing: number;
  installing: number;
  finalizing: number;
  total: number;
}

const weights = { preparing: 0.1, installing: 0.7, finalizing: 0.2 };
/** Statuses of an installation that was begun; the failed ones keep showing how far it came. */
const begun: readonly ClusterStatus[] = ['installing', 'installing-pending-user-action', 'finalizing', 'error', 'cancelled'];
const installing: readonly ClusterStatus[] = ['installing', 'installing-pending-user-action'];

function sharePercent(done: number, total: number): number {
  return total === 0 ? 0 : Math.min(100, (100 * done) / total);
}

/** Progress of the installation in whole percent: 10 % preparation, 70 % stages of all hosts, 20 % operators. Nothing before one has begun. */
export function clusterPercentage(snapshot: ClusterSnapshot): ClusterPercentage {
  const { status, highAvailabilityMode } = snapshot.cluster;
  if (status === 'installed') return { preparing: 100, installing: 100, finalizing: 100, total: 100 };
  if (!begun.includes(status)) return { preparing: 0, installing: 0, finalizing: 0, total: 0 };
  const stages = enabledHosts(snapshot).map((host) => countStages(host, highAvailabilityMode === 'None'));
  const hosts = sharePercent(stages.reduce((sum, { reached }) => sum + reached, 0), stages.reduce((sum, { total }) => sum + total, 0));
  const operators = installing.includes(status) ? 0 : sharePercent(snapshot.operators.filter(isOperatorSettled).length, snapshot.operators.length);
  return {
    preparing: 100,
    installing: Math.floor(hosts),
    finalizing: Math.floor(operators),
    total: Math.floor(100 * weights.preparing + hosts * weights.installing + operators * weights.finalizing),
  };
}
