import { createTransport, type Transport } from '../../agent/protocol/transport';
import type { WireCluster } from '../../agent/protocol/wire-cluster';

export interface WireEvent {
  host_id?: string;
  severity: string;
  event_time: string;
  message: string;
}

export interface WireCredentials {
  username?: string;
  password?: string;
  console_url?: string;
}

/** The calls of a user that an installation takes. All reject with RequestFailed. */
export interface UserApi {
  http: Transport;
  register(body: Record<string, unknown>): Promise<WireCluster>;
  update(id: string, body: Record<string, unknown>): Promise<WireCluster>;
  get(id: string): Promise<WireCluster>;
  list(): Promise<WireCluster[]>;
  generateImage(id: string, body: Record<string, unknown>): Promise<WireCluster>;
  install(id: string): Promise<WireCluster>;
  cancel(id: string): Promise<WireCluster>;
  deregister(id: string): Promise<void>;
  kubeconfig(id: string): Promise<string>;
  credentials(id: string): Promise<WireCredentials>;
  events(id: string): Promise<WireEvent[]>;
}

export interface UserApiOptions {
  url: string;
  /** Undefined: no Authorization header. */
  token?: string;
  fetch?: typeof fetch;
}

const slowestCallMs = 300_000;

/** A user's client; the signal ends every call. */
export function createUserApi({ url, token, fetch: doFetch }: UserApiOptions, signal: AbortSignal): UserApi {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const http = createTransport({ url, headers, timeoutMs: slowestCallMs, ...(doFetch ? { fetch: doFetch } : {}) });
  const cluster = (id: string): string => `/clusters/${id}`;
  return {
    http,
    register: (json) => http.call('POST', '/clusters', { json, signal }),
    update: (id, json) => http.call('PATCH', cluster(id), { json, signal }),
    get: (id) => http.call('GET', cluster(id), { signal }),
    list: () => http.call('GET', '/clusters', { signal }),
    generateImage: (id, json) => http.call('POST', `${cluster(id)}/downloads/image`, { json, signal }),
    install: (id) => http.call('POST', `${cluster(id)}/actions/install`, { signal }),
    cancel: (id) => http.call('POST', `${cluster(id)}/actions/cancel`, { signal }),
    deregister: (id) => http.call('DELETE', cluster(id), { signal }),
    kubeconfig: (id) => http.text('GET', `${cluster(id)}/downloads/kubeconfig`, { signal }),
    credentials: (id) => http.call('GET', `${cluster(id)}/credentials`, { signal }),
    events: (id) => http.call('GET', `${cluster(id)}/events`, { signal }),
  };
}
