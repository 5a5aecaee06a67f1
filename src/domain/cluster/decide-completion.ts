import type { Refusal } from '../refusal';
import type { ClusterSnapshot } from './model';

/** May the controller report how the installation ended? A failure only while finalizing; the refusal's type is what controllers expect. */
export function decideCompletion({ cluster }: ClusterSnapshot, isSuccess: boolean): 'nothing' | 'fail' | Refusal {
  if (isSuccess) return 'nothing';
  if (cluster.status === 'finalizing') return 'fail';
  return { type: 'Internal', reason: `The installation cannot be completed while the cluster is in status ${cluster.status}` };
}
