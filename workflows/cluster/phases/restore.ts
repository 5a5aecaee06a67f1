import { ActivityFailure, type ApplicationFailure } from '@temporalio/workflow';
import type { RefreshRequest } from '../../../activities/contract';
import type { ClusterManager } from '../manager';
import { activities } from '../proxies';

/** True for rows that are gone or older than the workflow. Histories from before 2026-11-21 have no details there, and no restoration. */
export const isRestorable = (failure: ApplicationFailure): boolean => failure.type === 'RevisionBehind' && failure.details?.length === 1;

/** Writes the rows of the cluster again, from what the workflow carries and its state object; false when that has to be tried again later. */
export async function restoreRows(manager: ClusterManager, request: RefreshRequest): Promise<boolean> {
  try {
    const { revision } = await activities.restoreCluster.executeWithOptions({ summary: 'write the rows of the cluster again' }, [{ refreshId: request.refreshId, state: manager.state }]);
    manager.adoptRestored(revision);
    return true;
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    return false;
  }
}
