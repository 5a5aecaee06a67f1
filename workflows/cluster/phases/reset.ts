import type { ClusterManager } from '../manager';
import { activities } from '../proxies';

/** After a reset: removes what the former installation stored. */
export function removeInstallation(manager: ClusterManager): void {
  manager.runIo(() => activities.removeInstallation.executeWithOptions({ summary: 'remove the artefacts of the former installation' }, [{ clusterId: manager.state.clusterId }]));
}
