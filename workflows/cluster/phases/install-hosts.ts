import { ActivityFailure } from '@temporalio/workflow';
import type { ClusterManager } from '../manager';
import { activities } from '../proxies';

/** Installs day-2 hosts of an applied intent: first their ignitions are stored, then those that have one are moved. */
export function installHosts(manager: ClusterManager, intentId: string, hostIds: string[]): void {
  manager.runIo(async () => {
    try {
      const { clusterId } = manager.state;
      const stored = await activities.storeHostIgnitions.executeWithOptions({ summary: `store the ignition of ${hostIds.map((id) => manager.nameOf(id)).join(', ')}`.slice(0, 180) }, [{ clusterId, hostIds }]);
      manager.bring({ kind: 'hostIgnitionsStored', ...stored });
      await manager.outcomesApplied();
      const [refused] = stored.refused;
      manager.settleFollowUp(intentId, refused ? { done: false, type: 'Conflict', reason: `The ignition of the host cannot be made: ${refused.reason}` } : { done: true });
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      manager.settleFollowUp(intentId, { done: false, type: 'Internal', reason: 'The ignitions of the hosts could not be stored; try again.' });
    }
  });
}
