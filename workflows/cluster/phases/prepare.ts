import { ActivityFailure, ApplicationFailure, CancellationScope, CancelledFailure, isCancellation } from '@temporalio/workflow';
import type { ClusterManager } from '../manager';
import { activities } from '../proxies';

/** Preparation of one cluster: at most one generation of artefacts at a time, cancelled when the cluster leaves the phase. */
export class Preparation {
  #scope: CancellationScope | null = null;

  /** Follows the state: begins when the preparation is asked for, stops when the cluster is not preparing any more. */
  follow(manager: ClusterManager): void {
    if (manager.state.status !== 'preparing-for-installation') {
      this.#scope?.cancel();
      return;
    }
    if (this.#scope || !manager.duties.includes('prepare')) return;
    const scope = new CancellationScope();
    this.#scope = scope;
    manager.runIo(async () => {
      try {
        await scope.run(() => prepare(manager));
      } finally {
        this.#scope = null;
      }
    });
  }
}

async function prepare(manager: ClusterManager): Promise<void> {
  try {
    const { openshiftClusterId } = await activities.prepareArtefacts.executeWithOptions({ summary: 'generate the installation artefacts' }, [{ clusterId: manager.state.clusterId }]);
    manager.outcomes.push({ kind: 'prepared', openshiftClusterId });
  } catch (error) {
    if (isCancellation(error) || error instanceof CancelledFailure) {
      manager.dirty = true;
      return;
    }
    if (!(error instanceof ActivityFailure)) throw error;
    const reason = error.cause instanceof ApplicationFailure ? error.cause.message : 'the artefacts could not be generated in time';
    manager.outcomes.push({ kind: 'preparationFailed', reason });
  }
}
