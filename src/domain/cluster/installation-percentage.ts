import { countReachedStages, stagesOf } from '../host/stages';
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
const prepared: readonly ClusterStatus[] = ['installing', 'installing-pending-user-action', 'finalizing', 'installed'];

function sharePercent(done: number, total: number): number {
  return total === 0 ? 0 : (100 * done) / total;
}

/** Progress of the installation in whole percent: 10 % preparation, 70 % stages of all hosts, 20 % operators. */
export function clusterPercentage(snapshot: ClusterSnapshot): ClusterPercentage {
  const { status } = snapshot.cluster;
  if (status === 'installed') return { preparing: 100, installing: 100, finalizing: 100, total: 100 };
  const hosts = enabledHosts(snapshot);
  const started = prepared.includes(status);
  const sum = (count: (host: (typeof hosts)[number]) => number) => hosts.reduce((total, host) => total + count(host), 0);
  const preparing = started || hosts.some((host) => host.stage !== '') ? 100 : 0;
  const installing = sharePercent(sum(countReachedStages), sum((host) => stagesOf(host).length));
  const finalizing = status === 'finalizing' ? sharePercent(snapshot.operators.filter(isOperatorSettled).length, snapshot.operators.length) : 0;
  return {
    preparing,
    installing: Math.floor(installing),
    finalizing: Math.floor(finalizing),
    total: Math.floor(preparing * weights.preparing + installing * weights.installing + finalizing * weights.finalizing),
  };
}
