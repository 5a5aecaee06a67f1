import type { HostStage } from '../../domain/host/stage';
import type { LogsState } from '../../domain/logs-state';
import type { ClientOptions } from './agent-client';
import { logUpload } from './log-upload';
import { createTransport } from './transport';
import type { WireCluster, WireHost, WireOperator } from './wire-cluster';

export interface OperatorReport {
  name: string;
  status: 'failed' | 'progressing' | 'available';
  status_info: string;
}

/** The calls of the controller that runs inside the new cluster. All reject with RequestFailed. */
export interface ControllerClient {
  getCluster(signal?: AbortSignal): Promise<WireCluster>;
  listHosts(signal?: AbortSignal): Promise<WireHost[]>;
  updateProgress(hostId: string, stage: HostStage, info: string, signal?: AbortSignal): Promise<void>;
  /** All monitored operators, or the one of that name. */
  listOperators(name?: string, signal?: AbortSignal): Promise<WireOperator[]>;
  reportOperator(report: OperatorReport, signal?: AbortSignal): Promise<void>;
  /** `pem` must end with a line feed. */
  uploadIngressCertificates(pem: string, signal?: AbortSignal): Promise<void>;
  completeInstallation(isSuccess: boolean, errorInfo: string, signal?: AbortSignal): Promise<void>;
  /** A file of the cluster, as text. */
  downloadFile(name: string, signal?: AbortSignal): Promise<string>;
  updateLogsProgress(state: LogsState, signal?: AbortSignal): Promise<void>;
  uploadLogs(archive: Blob, signal?: AbortSignal): Promise<void>;
}

const withSignal = (signal: AbortSignal | undefined) => (signal ? { signal } : {});

/** A client for one cluster with the headers the controller sends. */
export function createControllerClient({ clusterId, token, ...rest }: ClientOptions): ControllerClient {
  const http = createTransport({ ...rest, headers: { 'x-secret-key': token } });
  const cluster = `/clusters/${clusterId}`;

  return {
    getCluster: (signal) => http.call('GET', cluster, withSignal(signal)),
    listHosts: (signal) => http.call('GET', `${cluster}/hosts`, withSignal(signal)),
    updateProgress: (hostId, stage, info, signal) =>
      http.call('PUT', `${cluster}/hosts/${hostId}/progress`, { json: { current_stage: stage, progress_info: info }, ...withSignal(signal) }),
    listOperators: (name, signal) =>
      http.call('GET', `${cluster}/monitored_operators${name === undefined ? '' : `?operator_name=${encodeURIComponent(name)}`}`, withSignal(signal)),
    reportOperator: (report, signal) => http.call('PUT', `${cluster}/monitored_operators`, { json: report, ...withSignal(signal) }),
    uploadIngressCertificates: (pem, signal) => http.call('POST', `${cluster}/uploads/ingress-cert`, { json: pem, ...withSignal(signal) }),
    completeInstallation: (isSuccess, errorInfo, signal) =>
      http.call('POST', `${cluster}/actions/complete_installation`, { json: { is_success: isSuccess, error_info: errorInfo }, ...withSignal(signal) }),
    downloadFile: (name, signal) => http.text('GET', `${cluster}/downloads/files?file_name=${encodeURIComponent(name)}`, withSignal(signal)),
    updateLogsProgress: (state, signal) => http.call('PUT', `${cluster}/logs_progress`, { json: { logs_state: state }, ...withSignal(signal) }),
    uploadLogs: (archive, signal) => http.call('POST', `${cluster}/logs?logs_type=controller`, logUpload(archive, signal)),
  };
}
