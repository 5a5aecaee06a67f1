import type { ClusterState } from './contract';

export type Phase = 'register' | 'discover' | 'prepare' | 'install' | 'finalize' | 'installed' | 'stopped' | 'retire';

/** The phase of the cluster's life that its state stands for; a new run of the workflow begins with each. */
export function phaseOf(state: ClusterState): Phase {
  if (state.deregisteredAt !== null) return 'retire';
  if (!state.registered) return 'register';
  switch (state.status) {
    case 'insufficient':
    case 'pending-for-input':
    case 'ready':
    case 'adding-hosts':
      return 'discover';
    case 'preparing-for-installation':
      return 'prepare';
    case 'installing':
    case 'installing-pending-user-action':
      return 'install';
    case 'finalizing':
      return 'finalize';
    case 'installed':
      return 'installed';
    case 'error':
    case 'cancelled':
      return 'stopped';
  }
}
