import { createServer, type IncomingMessage } from 'node:http';
import type { Step } from '../../src/agent/protocol/step';
import type { WireCluster, WireHost } from '../../src/agent/protocol/wire-cluster';

/** What the service answers; undefined leaves it to the script's defaults. */
export type Script = (call: { method: string; path: string; body: unknown }, service: ScriptedService) => { status: number; body?: unknown } | undefined;

export const clusterId = '1c9b4e52-5f0d-4d2e-9d0a-0f4a6c1f5a11';
const base = '/api/assisted-install/v1';

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return request.headers['content-type'] === 'application/json' ? JSON.parse(text) : undefined;
}

/** The other side of the agent protocol in its plainest form, for behaviour that a healthy service does not provoke. */
export class ScriptedService {
  readonly calls: { method: string; path: string; body: unknown }[] = [];
  readonly hosts = new Map<string, WireHost>();
  readonly cluster: WireCluster = { id: clusterId, href: `${base}/clusters/${clusterId}`, status: 'installing', status_info: '', image_info: {}, openshift_version: '4.8.0' };
  url = '';
  private readonly server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const call = { method: request.method ?? '', path: (request.url ?? '').slice(`${base}/clusters/${clusterId}`.length), body };
      this.calls.push(call);
      const answer = this.script(call, this) ?? this.answer(call);
      response.writeHead(answer.status).end(answer.body === undefined ? '' : JSON.stringify(answer.body));
      // Who gives up a request in the middle of its body has asked for nothing.
    }, () => undefined);
  });

  constructor(private readonly script: Script) {}

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const address = this.server.address();
    this.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    return this;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Bodies of the calls with this method whose path ends so. */
  bodies(method: string, suffix: string): unknown[] {
    return this.calls.filter((call) => call.method === method && call.path.endsWith(suffix)).map((call) => call.body);
  }

  private answer({ method, path, body }: { method: string; path: string; body: unknown }): { status: number; body?: unknown } {
    const hostId = /^\/hosts\/([0-9a-f-]{36})/.exec(path)?.[1] ?? '';
    if (method === 'POST' && path === '/hosts') return { status: 201, body: this.register((body as { host_id: string }).host_id) };
    if (method === 'GET' && path === '/hosts') return { status: 200, body: [...this.hosts.values()] };
    if (method === 'GET' && path === '') return { status: 200, body: this.cluster };
    if (method === 'GET' && path.endsWith('/instructions')) return { status: 200, body: { next_instruction_seconds: 60, post_step_action: 'continue', instructions: null } };
    if (method === 'POST' && path.endsWith('/instructions')) return { status: 204 };
    if (method === 'PUT' && path.endsWith('/progress')) return this.progress(hostId, body as { current_stage: never });
    if (method === 'GET' && (path.endsWith('/downloads/ignition') || path.includes('bootstrap.ign'))) return { status: 200, body: { ignition: { version: '3.1.0' } } };
    if (path.endsWith('/logs_progress') || path.startsWith('/logs')) return { status: 204 };
    if (method === 'PUT' && path === '/monitored_operators') return { status: 200 };
    if (method === 'POST' && path === '/uploads/ingress-cert') return { status: 201 };
    return { status: 404, body: { kind: 'Error', id: 404, href: '', code: '404', reason: `no ${method} ${path}` } };
  }

  private register(id: string): unknown {
    const host: WireHost = this.hosts.get(id) ?? { id, href: `${this.cluster.href}/hosts/${id}`, status: 'discovering', status_info: '' };
    this.hosts.set(id, host);
    const args = ['run', '--name', 'next-step-runner', 'agent', 'next_step_runner', '--cluster-id', clusterId, '--host-id', id];
    return { ...host, kind: 'Host', next_step_runner_command: { command: 'podman', args, retry_seconds: 60 } };
  }

  private progress(hostId: string, body: { current_stage: never }): { status: number } {
    const host = this.hosts.get(hostId);
    if (!host) return { status: 404 };
    host.progress = body;
    host.status = body.current_stage === 'Done' ? 'installed' : 'installing-in-progress';
    return { status: 200 };
  }
}

/** A step as the service sends it. */
export function step(stepType: Step['step_type'], args: string[] = []): Step {
  return { step_type: stepType, step_id: `${stepType}-00000001`, command: 'sh', args };
}

/** An answer of GET instructions. */
export function steps(...instructions: Step[]): { status: number; body: unknown } {
  return { status: 200, body: { next_instruction_seconds: 60, post_step_action: 'continue', instructions } };
}
