import { decideCompletion } from '../../domain/cluster/decide-completion';
import { isRefusal } from '../../domain/refusal';
import { factsChangedSignal } from '../../../workflows/cluster/messages';
import type { AgentServiceDeps } from '../agent-deps';
import { fromRefusal } from '../errors';
import { cutText } from '../facts/cut-text';
import { recordFacts } from '../facts/record-fact';
import { tellWorkflow } from '../facts/tell-workflow';
import { withLockedCluster } from '../facts/with-cluster';

/**
 * CompleteInstallation: a failure ends the installation; a success is taken note of only, because the cluster completes by what
 * its operators report. Throws NotFound, and Conflict for a failure outside finalizing.
 */
export async function completeInstallation(deps: AgentServiceDeps, clusterId: string, completion: { isSuccess: boolean; errorInfo: string }): Promise<void> {
  const isToTell = await withLockedCluster(deps, { clusterId }, async ({ tx, snapshot, versions }) => {
    const decision = decideCompletion(snapshot, completion.isSuccess);
    if (isRefusal(decision)) throw fromRefusal(decision);
    if (decision === 'nothing') return false;
    return recordFacts(tx, versions, [{ kind: 'completionReported', ...completion, errorInfo: cutText(completion.errorInfo) }], new Date());
  });
  if (isToTell) tellWorkflow(deps, clusterId, factsChangedSignal, { what: 'the controller reported the end of the installation' });
}
