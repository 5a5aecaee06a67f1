import type { ClusterSnapshot } from '../cluster/model';
import type { Refusal } from '../refusal';
import type { Host } from './model';
import type { HostStage } from './stage';
import { stagesOf } from './stages';
import type { HostStatus } from './status';

export interface ReportedProgress {
  stage: HostStage;
  info: string;
}

const installing: readonly HostStatus[] = ['installing', 'installing-in-progress', 'installing-pending-user-action'];

/** True for the one step back that a single-node installation takes by design. */
function mayGoBack(snapshot: ClusterSnapshot, stage: HostStage): boolean {
  return snapshot.cluster.highAvailabilityMode === 'None' && stage === 'Writing image to disk';
}

function refuseOrder(snapshot: ClusterSnapshot, host: Host, stage: HostStage): Refusal | undefined {
  if (host.stage === '' || stage === 'Failed') return undefined;
  const stages = stagesOf(host);
  const reported = stages.indexOf(stage);
  if (reported === -1) return { type: 'Conflict', reason: `Stage "${stage}" does not belong to the stages of a ${host.bootstrap ? 'bootstrap' : host.role} host` };
  if (reported < stages.indexOf(host.stage) && !mayGoBack(snapshot, stage)) {
    return { type: 'Conflict', reason: `Stage "${stage}" comes before the current stage "${host.stage}" of host ${host.id}` };
  }
  return undefined;
}

/**
 * What a progress report of a host means: nothing new, new details of the same stage, or another stage.
 * Refusals are NotFound and Conflict.
 */
export function decideProgress(snapshot: ClusterSnapshot, hostId: string, { stage, info }: ReportedProgress): 'nothing' | 'info' | 'stage' | Refusal {
  const host = snapshot.hosts.find((candidate) => candidate.id === hostId);
  if (host === undefined) return { type: 'NotFound', reason: `Host ${hostId} was not found` };
  if (host.stage === stage) return host.stageInfo === info ? 'nothing' : 'info';
  if (!installing.includes(host.status)) return { type: 'Conflict', reason: `Host ${hostId} cannot report progress while it is in status ${host.status}: it has to be installing` };
  return refuseOrder(snapshot, host, stage) ?? 'stage';
}
