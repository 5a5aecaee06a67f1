import { ActivityFailure, ApplicationFailure, CancellationScope, isCancellation } from '@temporalio/workflow';
import type { ClusterManager } from '../manager';
import { activities } from '../proxies';

/** Preparation of one cluster: at most one generation of artefacts at a time, cancelled when the cluster leaves the phase. */
export class Preparation {
  #running: { scope: CancellationScope; installation: number } | null = null;

  /** Follows the state: begins when the preparation is asked for, stops when the cluster is not preparing it any more. */
  follow(manager: ClusterManager): void {
    const preparing = manager.state.status === 'preparing-for-installation' && manager.state.deregisteredAt === null;
    if (this.#running) {
      if (!preparing || this.#running.installation !== manager.installations) this.#running.scope.cancel();
      return;
    }
    if (!preparing || !manager.duties.includes('prepare')) return;
    const scope = new CancellationScope();
    this.#running = { scope, installation: manager.installations };
    manager.runIo(async () => {
      try {
        await scope.run(() => prepare(manager, scope));
      } finally {
        this.#running = null;
      }
    });
  }
}

async function prepare(manager: ClusterManager, scope: CancellationScope): Promise<void> {
  try {
    const { openshiftClusterId } = await activities.prepareArtefacts.executeWithOptions({ summary: 'generate the installation artefacts' }, [{ clusterId: manager.state.clusterId }]);
    // What was finished in spite of the cancellation was made for an installation that is over: a later one needs its own.
    if (scope.consideredCancelled) manager.dirty = true;
    else manager.bring({ kind: 'prepared', openshiftClusterId });
  } catch (error) {
    if (scope.consideredCancelled || isCancellation(error)) {
      manager.dirty = true;
      return;
    }
    if (!(error instanceof ActivityFailure)) throw error;
    const reason = error.cause instanceof ApplicationFailure ? error.cause.message : 'the artefacts could not be generated in time';
    manager.bring({ kind: 'preparationFailed', reason });
  }
}
