import type { HostStage } from '../host/stage';
import type { LogsState } from '../logs-state';

/**
 * Entries of the facts log: what agents and the controller said that the contract wants answered at once.
 * The API decides on the locked row whether an entry is allowed and appends it; the cluster's workflow applies
 * the entries in order, one event each.
 */
export type ClusterFact =
  | { kind: 'hostRegistered'; hostId: string; discoveryAgentVersion: string; isNew: boolean }
  | { kind: 'hostProgress'; hostId: string; stage: HostStage; info: string }
  | { kind: 'hostInstallFailed'; hostId: string; reason: string }
  | { kind: 'hostDiskSlow'; hostId: string; path: string; speedMs: number; thresholdMs: number }
  | { kind: 'hostImageStatus'; hostId: string; name: string; result: 'success' | 'failure'; sizeBytes: number; timeSeconds: number; downloadRate: number }
  | { kind: 'operatorReported'; name: string; status: 'failed' | 'progressing' | 'available'; statusInfo: string }
  | { kind: 'completionReported'; isSuccess: boolean; errorInfo: string }
  | { kind: 'vipsLeased'; apiVip: string; ingressVip: string; apiVipLease: string; ingressVipLease: string }
  | { kind: 'kubeconfigUploaded' }
  /** `uploaded`: an archive was stored, which is more than a word about one. */
  | { kind: 'hostLogsProgress'; hostId: string; state: LogsState; uploaded: boolean }
  | { kind: 'controllerLogsProgress'; state: LogsState; uploaded: boolean };

/** A fact with its place in the log and the time it was accepted. */
export interface LoggedFact {
  seq: number;
  at: Date;
  fact: ClusterFact;
}
