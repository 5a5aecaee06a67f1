import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { ClusterManager } from '../manager';
import { activities } from '../proxies';

/** Builds the image of an applied intent; the user's update waits, but his going away does not stop it. */
export function buildImage(manager: ClusterManager, intentId: string, reuse: boolean): void {
  manager.runIo(async () => {
    try {
      const { reused, ...built } = await activities.buildImage.executeWithOptions({ summary: reuse ? 'find the discovery image again' : 'build the discovery image' }, [{ clusterId: manager.state.clusterId, intentId, reuse }]);
      if (!reused) {
        manager.bring({ kind: 'imageBuilt', ...built });
        await manager.outcomesApplied();
      }
      manager.settleFollowUp(intentId, { done: true });
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      const reason = error.cause instanceof ApplicationFailure && error.cause.nonRetryable ? error.cause.message : 'The image could not be built; try again.';
      manager.bring({ kind: 'imageBuildFailed', reason });
      manager.settleFollowUp(intentId, { done: false, type: 'Internal', reason });
    }
  });
}
