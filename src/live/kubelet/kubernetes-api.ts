import type { IncomingMessage } from 'node:http';
import { Agent, request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import type { ApiAccess } from './kubeconfig';

/** An object of the API as JSON has it. */
export type ApiObject = Record<string, unknown>;

/** What a kubelet asks of its API server; paths begin with /api or /apis. All reject when the server does not do it. */
export interface KubernetesApi {
  /** Undefined when there is none. */
  find(path: string): Promise<ApiObject | undefined>;
  create(path: string, object: ApiObject): Promise<ApiObject>;
  merge(path: string, patch: ApiObject): Promise<ApiObject>;
}

const timeoutMs = 20_000;

/** The API server a kubeconfig leads to. */
export function createKubernetesApi({ server, serverName, ca, cert, key }: ApiAccess): KubernetesApi {
  const agent = new Agent({ keepAlive: true, ca, cert, key, servername: serverName });

  async function call(method: string, path: string, object?: ApiObject): Promise<{ status: number; body: ApiObject }> {
    const headers = { 'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = requestHttps(new URL(path, server), { method, headers, agent, signal: AbortSignal.timeout(timeoutMs) }, resolve);
      request.once('error', reject);
      request.end(object && JSON.stringify(object));
    });
    const status = answer.statusCode ?? 0;
    const body = JSON.parse(await text(answer)) as ApiObject;
    if (status >= 300 && status !== 404) throw new Error(`${method} ${path}: ${status} ${String(body['message'])}`);
    return { status, body };
  }

  async function done(method: string, path: string, object: ApiObject): Promise<ApiObject> {
    const { status, body } = await call(method, path, object);
    if (status === 404) throw new Error(`${method} ${path}: 404`);
    return body;
  }

  return {
    find: async (path) => {
      const { status, body } = await call('GET', path);
      return status === 404 ? undefined : body;
    },
    create: (path, object) => done('POST', path, object),
    merge: (path, patch) => done('PATCH', path, patch),
  };
}
