import { appendEvents } from '../../db/events';
import { saveSnapshot } from '../../db/save-snapshot';
import { applyFact } from '../../domain/cluster/apply-fact';
import type { ClusterFact } from '../../domain/cluster/facts';
import { decideProgress } from '../../domain/host/decide-progress';
import type { HostStage } from '../../domain/host/stage';
import { isRefusal } from '../../domain/refusal';
import { hostProgressSignal } from '../../../workflows/cluster/messages';
import type { AgentServiceDeps } from '../agent-deps';
import { fromRefusal } from '../errors';
import { cutText } from '../facts/cut-text';
import { recordFacts } from '../facts/record-fact';
import { tellWorkflow } from '../facts/tell-workflow';
import { withLockedCluster } from '../facts/with-cluster';

/**
 * UpdateHostInstallProgress: a new stage goes through the cluster's workflow; a percentage within a stage is no decision
 * and is written at once, unless an earlier report still waits for the workflow.
 * Throws NotFound, and Conflict for a report that the host's state or stage does not permit.
 */
export async function reportProgress(deps: AgentServiceDeps, clusterId: string, hostId: string, given: { stage: HostStage; info: string }): Promise<void> {
  const progress = { stage: given.stage, info: cutText(given.info) };
  const now = new Date();
  const isToTell = await withLockedCluster(deps, { clusterId, hostId }, async ({ tx, loaded, snapshot, versions, pending }) => {
    const decided = decideProgress(snapshot, hostId, progress);
    if (isRefusal(decided)) throw fromRefusal(decided);
    if (decided === 'nothing') return false;
    const fact: ClusterFact = { kind: 'hostProgress', hostId, ...progress };
    if (decided === 'stage' || pending) {
      // A percentage waits behind reports of which the workflow knows.
      return recordFacts(tx, versions, [fact], now, { waiting: decided !== 'stage' });
    }
    // Not in the log, so the time stands for the sequence number that makes its event unique.
    const change = applyFact(loaded.snapshot, { seq: now.getTime(), at: now, fact }, deps.settings);
    await saveSnapshot(tx, loaded.snapshot, change.snapshot, now);
    await appendEvents(tx, change.events);
    return false;
  });
  if (isToTell) tellWorkflow(deps, clusterId, hostProgressSignal, { hostId, stage: progress.stage });
}
