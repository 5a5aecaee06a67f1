import { factsChangedSignal } from '../../workflows/cluster/messages';
import type { ClusterInput } from '../../workflows/cluster/contract';
import type { ClusterMessenger } from './cluster-messenger';
import { WorkflowNotFoundError } from './errors';

/** How the monitor's sweep speaks with clusters' workflows. */
export function createClusterNotifier(messenger: Pick<ClusterMessenger, 'signal' | 'restart'>): {
  factsChanged(clusterId: string, what: string): Promise<boolean>;
  start(input: ClusterInput): Promise<boolean>;
} {
  return {
    async factsChanged(clusterId, what) {
      try {
        await messenger.signal(clusterId, factsChangedSignal, { what });
        return true;
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return false;
        throw error;
      }
    },
    start: (input) => messenger.restart(input),
  };
}
