import type { Refusal } from '../refusal';
import type { ClusterSnapshot } from './model';

/** May the controller report how the installation ended? A failure only while finalizing. */
export function decideCompletion({ cluster }: ClusterSnapshot, isSuccess: boolean): 'nothing' | 'fail' | Refusal {
  if (isSuccess) return 'nothing';
  if (cluster.status === 'finalizing') return 'fail';
  return { type: 'Conflict', reason: `The installation cannot be completed while the cluster is in status ${cluster.status}: report it while the cluster is finalizing` };
}
