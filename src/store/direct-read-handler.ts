import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { DirectBody } from './direct-body';
import { openDirect } from './open-direct';

/** One that asks over HTTP, as clients of the SDK have it. */
type Handler = Extract<NonNullable<S3ClientConfig['requestHandler']>, { updateHttpClientConfig: unknown }>;
type Request = Parameters<Handler['handle']>[0];
type Options = Parameters<Handler['handle']>[1];

/**
 * Sends the requests of an S3 client each over a connection of its own and past Node's HTTP client, which copies every piece of a body.
 * Only successes with a body of known length, and not over TLS, come this way; whatever else happens before the head is there, the ordinary
 * handler asks again, and what it gets counts.
 */
export class DirectReadHandler {
  private readonly open = new Set<DirectBody>();
  private opening = 0;

  constructor(private readonly ordinary: Pick<Handler, 'handle'>, private readonly maxConnections: number) {}

  async handle(request: Request, options: Options = {}): ReturnType<Handler['handle']> {
    if (request.method !== 'GET' || request.protocol !== 'http:' || this.open.size + this.opening >= this.maxConnections) return this.ordinary.handle(request, options);
    this.opening++;
    const answer = await openDirect({ ...toTarget(request), signal: options.abortSignal instanceof AbortSignal ? options.abortSignal : undefined })
      .catch(() => undefined)
      .finally(() => this.opening--);
    if (!answer) return this.ordinary.handle(request, options);
    const { status, headers, body } = answer;
    this.open.add(body);
    body.once('close', () => this.open.delete(body));
    return { response: { statusCode: status, headers, body } };
  }

  /** Breaks off what is under way. */
  destroy(): void {
    for (const body of this.open) body.destroy();
  }

  /** There are no settings. */
  updateHttpClientConfig(): void {
    return;
  }

  httpHandlerConfigs(): object {
    return {};
  }
}

function toTarget({ hostname, port, path, query, headers }: Request): { host: string; port: number; head: string } {
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => encodeURIComponent(name) + (one === null || one === undefined ? '' : `=${encodeURIComponent(one)}`)));
  const lines = [
    `GET ${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''} HTTP/1.1`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'connection: close',
  ];
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: port ?? 80, head: `${lines.join('\r\n')}\r\n\r\n` };
}
