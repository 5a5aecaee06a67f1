import { ActivityFailure, ApplicationFailure, patched } from '@temporalio/workflow';
import type { ClusterOutcome } from '../../../src/domain/cluster/outcomes';
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
      const obstacle = obstacleOf(error.cause);
      const reason = error.cause instanceof ApplicationFailure && error.cause.nonRetryable ? error.cause.message : 'The image could not be built; try again.';
      manager.bring({ kind: 'imageBuildFailed', reason, ...obstacle });
      // An equal request that waits must not take an earlier image for one of its own.
      // 2026-11-21: runs begun before answered, and went on, at once. To be removed when no run is older than four weeks.
      if (patched('settle-failed-images-once-applied')) await manager.outcomesApplied();
      manager.settleFollowUp(intentId, { done: false, type: refusalOf(error.cause), reason });
    }
  });
}

/** What stood in the way: the content of the image, whose type the refusal names, or its storage. */
function obstacleOf(cause: Error | undefined): Pick<Extract<ClusterOutcome, { kind: 'imageBuildFailed' }>, 'obstacle' | 'imageType'> {
  if (!(cause instanceof ApplicationFailure)) return {};
  if (cause.type === 'StoreError') return { obstacle: 'storage' };
  const minimal = cause.details?.[0] === 'minimal-iso';
  return cause.nonRetryable ? { obstacle: 'content', ...(minimal && { imageType: 'minimal-iso' }) } : {};
}

function refusalOf(cause: Error | undefined): 'Invalid' | 'Conflict' | 'Internal' {
  const told = cause instanceof ApplicationFailure ? cause.details?.[1] : undefined;
  return told === 'Invalid' || told === 'Conflict' ? told : 'Internal';
}
