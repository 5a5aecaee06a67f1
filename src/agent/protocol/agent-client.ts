import type { HostStage } from '../../domain/host/stage';
import type { LogsState } from '../../domain/logs-state';
import { logUpload } from './log-upload';
import { readSteps, type ReadSteps } from './read-steps';
import { RequestFailed } from './request-failed';
import type { StepReply } from './step';
import { createTransport } from './transport';
import type { HostRegistration, WireHost } from './wire-cluster';

export interface ClientOptions {
  /** Address of the service, with or without the API's path. */
  url: string;
  clusterId: string;
  /** The pull secret's token; it is sent as X-Secret-Key. */
  token: string;
  timeoutMs?: number;
  fetch?: typeof fetch;
}

/** The calls of the agent and of the installer it starts, for one cluster. All reject with RequestFailed. */
export interface AgentClient {
  registerHost(hostId: string, signal?: AbortSignal): Promise<HostRegistration>;
  getNextSteps(hostId: string, signal?: AbortSignal): Promise<ReadSteps>;
  postStepReply(hostId: string, reply: StepReply, signal?: AbortSignal): Promise<void>;
  updateProgress(hostId: string, stage: HostStage, info: string, signal?: AbortSignal): Promise<void>;
  listHosts(signal?: AbortSignal): Promise<WireHost[]>;
  /** A file of the cluster, as text. */
  downloadFile(name: string, signal?: AbortSignal): Promise<string>;
  /** The ignition configuration a host is installed with, as JSON text. */
  downloadHostIgnition(hostId: string, signal?: AbortSignal): Promise<string>;
  updateLogsProgress(hostId: string, state: LogsState, signal?: AbortSignal): Promise<void>;
  uploadLogs(hostId: string, archive: Blob, signal?: AbortSignal): Promise<void>;
}

export interface AgentClientOptions extends ClientOptions {
  /** Image reference of the agent; what follows its last colon is the version it reports. */
  agentImage: string;
}

/** The version an agent reports of itself: the tag of its image. */
export function agentVersion(agentImage: string): string {
  return agentImage.slice(agentImage.lastIndexOf(':') + 1);
}

const withSignal = (signal: AbortSignal | undefined) => (signal ? { signal } : {});

/** A client for one cluster with the headers an agent sends. */
export function createAgentClient(options: AgentClientOptions): AgentClient {
  const version = agentVersion(options.agentImage);
  const { clusterId, token, agentImage: _image, ...rest } = options;
  const http = createTransport({ ...rest, headers: { 'x-secret-key': token, discovery_agent_version: version } });
  const cluster = `/clusters/${clusterId}`;
  const host = (hostId: string) => `${cluster}/hosts/${hostId}`;

  return {
    registerHost: (hostId, signal) =>
      http.call('POST', `${cluster}/hosts`, { json: { host_id: hostId, discovery_agent_version: version }, ...withSignal(signal) }),
    getNextSteps: async (hostId, signal) => {
      const path = `${host(hostId)}/instructions`;
      const steps = readSteps(await http.call('GET', path, withSignal(signal)));
      if (!steps) throw new RequestFailed(0, 'what came is no list of instructions', `GET ${path}`);
      return steps;
    },
    postStepReply: (hostId, reply, signal) => http.call('POST', `${host(hostId)}/instructions`, { json: reply, ...withSignal(signal) }),
    updateProgress: (hostId, stage, info, signal) =>
      http.call('PUT', `${host(hostId)}/progress`, { json: { current_stage: stage, progress_info: info }, ...withSignal(signal) }),
    listHosts: (signal) => http.call('GET', `${cluster}/hosts`, withSignal(signal)),
    downloadFile: (name, signal) => http.text('GET', `${cluster}/downloads/files?file_name=${encodeURIComponent(name)}`, withSignal(signal)),
    downloadHostIgnition: (hostId, signal) => http.text('GET', `${host(hostId)}/downloads/ignition`, withSignal(signal)),
    updateLogsProgress: (hostId, state, signal) => http.call('PUT', `${host(hostId)}/logs_progress`, { json: { logs_state: state }, ...withSignal(signal) }),
    uploadLogs: (hostId, archive, signal) => http.call('POST', `${cluster}/logs?logs_type=host&host_id=${hostId}`, logUpload(archive, signal)),
  };
}
