import type { Host } from '../host/model';
import type { LogsState } from '../logs-state';
import type { Cluster } from './model';

interface LogsProgress {
  state: LogsState;
  uploaded: boolean;
}

/** How far the collection of a host's logs is; a request and each archive stamp their times, which the time-outs count from. */
export function applyHostLogs(host: Host, { state, uploaded }: LogsProgress, at: Date): Host {
  return { ...host, logsInfo: state, ...(state === 'requested' && { logsStartedAt: at }), ...(uploaded && { logsCollectedAt: at }) };
}

/** The same for the logs that the controller in the new cluster sends. */
export function applyControllerLogs(cluster: Cluster, { state, uploaded }: LogsProgress, at: Date): Cluster {
  return { ...cluster, logsInfo: state, ...(state === 'requested' && { controllerLogsStartedAt: at }), ...(uploaded && { controllerLogsCollectedAt: at }) };
}
