import type { HostStage } from '../domain/host/stage';
import type { StepType } from '../domain/host/step-type';
import type { LogsState } from '../domain/logs-state';
import type { HostView } from '../services/clusters/cluster-view';
import type { LogSource } from '../services/logs/log-source';

/** What agents and the controller say and ask; every call may throw a ServiceError. */
export interface AgentServices {
  registerHost(clusterId: string, host: { hostId: string; discoveryAgentVersion: string }): Promise<RegisteredHost>;
  /** The JSON text of the answer, and a check-in of the host. */
  getNextSteps(clusterId: string, hostId: string): Promise<string>;
  reportStep(clusterId: string, hostId: string, reply: AgentReply): Promise<void>;
  reportProgress(clusterId: string, hostId: string, progress: { stage: HostStage; info: string }): Promise<void>;
  uploadIngressCert(clusterId: string, certificates: string): Promise<void>;
  reportOperator(clusterId: string, report: { name: string; status: 'failed' | 'progressing' | 'available'; statusInfo: string }): Promise<void>;
  completeInstallation(clusterId: string, completion: { isSuccess: boolean; errorInfo: string }): Promise<void>;
  reportLogsProgress(clusterId: string, source: LogSource, state: LogsState): Promise<void>;
  /** Stores an archive of logs while `open` gives it. */
  storeLogs(clusterId: string, source: LogSource, open: () => Promise<AsyncIterable<Uint8Array>>): Promise<void>;
}

export interface RegisteredHost {
  /** Owner of the cluster. */
  userName: string;
  view: HostView;
  command: { command: string; args: string[]; retrySeconds: number };
}

export interface AgentReply {
  stepType: StepType;
  stepId: string;
  exitCode: number;
  output: string;
  error: string;
}
