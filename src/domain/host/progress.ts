import { draftEvent } from '../events/draft-event';
import { effectiveHostname } from './effective-hostname';
import type { Host } from './model';
import { setHostStatus, type HostChange } from './set-host-status';
import type { HostStage } from './stage';
import type { HostStatus } from './status';

function statusAfter(host: Host, stage: HostStage): HostStatus {
  if (stage === 'Done') return 'installed';
  if (stage === 'Failed') return 'error';
  return stage === 'Rebooting' && host.kind === 'AddToExistingClusterHost' ? 'added-to-existing-cluster' : 'installing-in-progress';
}

/** New details of the stage the host is in. */
export function applyStageInfo(host: Host, info: string, at: Date): Host {
  return { ...host, stageInfo: info, stageUpdatedAt: at };
}

/** A stage that was reached. A failure keeps the last stage, so that everybody sees where it happened. */
export function applyStage(host: Host, stage: HostStage, info: string, seq: number, at: Date): HostChange {
  const reached = draftEvent('host_stage_reached', { host: effectiveHostname(host), stage, info }, { clusterId: host.clusterId, hostId: host.id, cause: seq, at });
  const staged: Host = stage === 'Failed' ? { ...host, stageUpdatedAt: at } : { ...host, stage, stageInfo: info, stageStartedAt: at, stageUpdatedAt: at };
  const text = stage === 'Failed' && info !== '' ? `${stage} - ${info}` : stage;
  const { host: changed, events } = setHostStatus(staged, statusAfter(host, stage), text, at);
  return { host: changed, events: [reached, ...events] };
}
