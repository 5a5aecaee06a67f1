import type { ClusterManager } from '../manager';
import { activities } from '../proxies';

/** Removes a discovery image whose ignition is not that of the cluster any more, after a build that may be under way. */
export function removeOutdatedImage(manager: ClusterManager): void {
  manager.runIo(async () => {
    await activities.removeImage.executeWithOptions({ summary: 'remove the outdated discovery image' }, [{ clusterId: manager.state.clusterId }]);
    manager.bring({ kind: 'imageDeleted', cause: 'ignitionChanged' });
    await manager.outcomesApplied();
  });
}
