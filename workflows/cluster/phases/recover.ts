import { ApplicationFailure, condition } from '@temporalio/workflow';
import type { ClusterManager } from '../manager';
import { nothingToRecover } from '../contract';
import type { Recovered, RecoverMessage } from '../messages';

/** How long who recovers clusters waits for one of them. */
const recoverWithin = '60s';

/** Looks only at what the workflow carries: most of those who are asked have nothing to do. */
export function refuseRecovery({ state }: ClusterManager, { revision }: RecoverMessage): void {
  if (!state.registered || state.revision <= revision) throw ApplicationFailure.nonRetryable('The rows are as new as the workflow.', nothingToRecover);
}

/** Refreshes the cluster at once: a refresh that finds the rows gone or old writes them again. */
export async function recover(manager: ClusterManager): Promise<Recovered> {
  const { restorations, state } = manager;
  const { refreshCount } = state;
  manager.notice('recover');
  manager.refreshRetryAt = null;
  const isDone = await condition(() => state.refreshCount > refreshCount, recoverWithin);
  if (!isDone) throw ApplicationFailure.nonRetryable('The rows could not be written again within a minute; the workflow goes on trying.', 'Unavailable');
  return { revision: state.revision, restored: manager.restorations > restorations };
}
