import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { text } from 'node:stream/consumers';
import { TLSSocket } from 'node:tls';
import { answerObjects, isSelected } from './answer-objects';
import { ApiFailure } from './api-failure';
import { findTarget, type Target } from './find-target';
import { bornKinds, type Kind } from './kinds';
import { ObjectStore, type Change, type StoredObject } from './object-store';

export interface FakeKubernetesOptions {
  /** PEM of the server's own certificate and key, and of the authority whose clients are let in. */
  certificate: string;
  key: string;
  clientAuthority: string;
  host?: string;
  port?: number;
}

/**
 * A small Kubernetes API server: HTTPS with client certificates, discovery, list, watch, get, create, replace, merge and
 * server-side apply, logs of pods; objects live in memory. What it does not serve it refuses as a real one does.
 */
export class FakeKubernetes {
  readonly store = new ObjectStore();
  readonly requests: string[] = [];
  private readonly kinds: Kind[] = [...bornKinds];
  private readonly logs = new Map<string, string>();
  private readonly server: Server;
  private isAway = false;
  private refused: RegExp | undefined;

  constructor(private readonly options: FakeKubernetesOptions) {
    const { certificate, key, clientAuthority } = options;
    this.server = createServer({ cert: certificate, key, ca: clientAuthority, requestCert: true, rejectUnauthorized: false }, (request, response) => {
      this.serve(request, response).catch((error: unknown) => this.fail(response, error));
    });
  }

  /** Begins to listen; the URL it is reached by. */
  async open(): Promise<string> {
    const { host = '127.0.0.1', port = 0 } = this.options;
    await new Promise<void>((resolve, reject) => this.server.once('error', reject).listen(port, host, resolve));
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the API server has no port');
    return `https://${host}:${address.port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** While away every connection is cut, as when the server restarts. */
  setAway(isAway: boolean): void {
    this.isAway = isAway;
    if (isAway) this.server.closeAllConnections();
  }

  /** From now on requests that match (`GET /api/v1/…`) fail as those of a part of the cluster that is not well. */
  refuse(requests: RegExp): void {
    this.refused = requests;
  }

  /** A kind that an operator brings. */
  addKind(kind: Kind): void {
    this.kinds.push(kind);
  }

  /** Stores an object as the cluster's own components do. */
  put(object: StoredObject): StoredObject {
    return this.store.put(this.kindOf(object), object);
  }

  find(apiVersion: string, kind: string, name: string, namespace?: string): StoredObject | undefined {
    return this.store.find(this.kindOf({ apiVersion, kind }), namespace, name);
  }

  list(apiVersion: string, kind: string): StoredObject[] {
    return this.store.list(this.kindOf({ apiVersion, kind }));
  }

  appendLog(namespace: string, pod: string, line: string): void {
    const key = `${namespace}/${pod}`;
    this.logs.set(key, `${this.logs.get(key) ?? ''}${line}\n`);
  }

  private kindOf({ apiVersion, kind }: { apiVersion: string; kind: string }): Kind {
    const found = this.kinds.find((candidate) => candidate.apiVersion === apiVersion && candidate.kind === kind);
    if (!found) throw new Error(`no kind ${apiVersion} ${kind}`);
    return found;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.isAway) return void request.destroy();
    const { method = 'GET' } = request;
    const url = new URL(request.url ?? '/', 'https://fake');
    this.requests.push(`${method} ${url.pathname}`);
    if (!(request.socket instanceof TLSSocket) || !request.socket.authorized) throw new ApiFailure(401, 'Unauthorized', 'Unauthorized');
    if (this.refused?.test(`${method} ${url.pathname}`)) throw new ApiFailure(500, 'InternalError', 'the node of it does not answer');
    const target = findTarget(url.pathname, this.kinds);
    if (!target) throw new ApiFailure(404, 'NotFound', 'the server could not find the requested resource');
    if (target.kind === 'discovery') return this.send(response, 200, this.discover(target.apiVersion));
    if (target.subresource === 'log') return this.sendLog(response, target, url.searchParams);
    if (method === 'GET' && url.searchParams.get('watch') === 'true') return this.watch(response, target, url.searchParams);
    const { status, body } = answerObjects(this.store, target, { method, query: url.searchParams, contentType: request.headers['content-type'] ?? '', body: await text(request) });
    this.send(response, status, body);
  }

  private discover(apiVersion: string): object {
    const resources = this.kinds.filter((kind) => kind.apiVersion === apiVersion).map(({ plural, kind, namespaced }) => ({ name: plural, singularName: '', namespaced, kind, verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'] }));
    return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: apiVersion, resources };
  }

  private sendLog(response: ServerResponse, target: Extract<Target, { kind: 'objects' }>, query: URLSearchParams): void {
    const { of, namespace, name = '' } = target;
    if (of.kind !== 'Pod' || !this.store.find(of, namespace, name)) throw new ApiFailure(404, 'NotFound', `pods "${name}" not found`);
    const lines = (this.logs.get(`${namespace ?? ''}/${name}`) ?? '').split('\n').slice(0, -1);
    const tail = Number(query.get('tailLines') ?? lines.length);
    const text = Buffer.from(lines.slice(-tail).map((line) => `${line}\n`).join(''));
    response.writeHead(200, { 'content-type': 'text/plain' }).end(text.subarray(0, Number(query.get('limitBytes') ?? text.length)));
  }

  private watch(response: ServerResponse, { of, namespace }: Extract<Target, { kind: 'objects' }>, query: URLSearchParams): void {
    const write = (change: Change): void => {
      const { object } = change;
      const isMeant = object.kind === of.kind && object.apiVersion === of.apiVersion && (namespace === undefined || object.metadata.namespace === namespace);
      if (isMeant && isSelected(object, query.get('labelSelector'))) response.write(`${JSON.stringify(change)}\n`);
    };
    response.writeHead(200, { 'content-type': 'application/json' });
    for (const object of this.store.list(of, namespace)) write({ type: 'ADDED', object });
    this.store.changes.on('change', write);
    response.once('close', () => this.store.changes.off('change', write));
  }

  private send(response: ServerResponse, status: number, body: object): void {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  private fail(response: ServerResponse, error: unknown): void {
    const failure = error instanceof ApiFailure ? error : new ApiFailure(500, 'InternalError', error instanceof Error ? error.message : String(error));
    this.send(response, failure.code, failure.body);
  }
}
