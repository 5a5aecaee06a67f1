import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';

export interface Served {
  body: Buffer;
  etag?: string;
  /** Whether Range requests are answered with 206. */
  ranges?: boolean;
  /** Cuts the connection after so many bytes of the next answers. */
  cuts?: number[];
  /** What a cut waits for after the bytes were sent. */
  beforeCut?: () => Promise<void>;
  /** Sends the headers and then nothing. */
  stalls?: boolean;
  status?: number;
}

/** A local server of files that behaves as badly as it is told, and remembers what it was asked. */
export class FileServer {
  readonly files = new Map<string, Served>();
  readonly requests: { method: string; path: string; headers: IncomingHttpHeaders }[] = [];
  private readonly server: Server = createServer((request, response) => {
    const path = request.url ?? '';
    this.requests.push({ method: request.method ?? '', path, headers: request.headers });
    const served = this.files.get(path);
    if (!served || served.status) {
      response.writeHead(served?.status ?? 404).end();
      return;
    }
    if (request.method === 'HEAD') response.writeHead(200).end();
    else answer(served, request.headers, response);
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `http://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

function answer(served: Served, headers: IncomingHttpHeaders, response: ServerResponse): void {
  const { body, etag, ranges = true } = served;
  const wanted = /^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1];
  const isCurrent = headers['if-range'] === undefined || headers['if-range'] === etag;
  const from = ranges && isCurrent && wanted ? Number(wanted) : 0;
  const rest = body.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, {
    'content-length': rest.length,
    ...(etag ? { etag } : {}),
    ...(from > 0 ? { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` } : {}),
  });
  response.flushHeaders();
  if (served.stalls) return;
  const cut = served.cuts?.shift();
  if (cut === undefined) response.end(rest);
  else {
    response.write(rest.subarray(0, cut), () => {
      void (served.beforeCut?.() ?? Promise.resolve()).finally(() => response.destroy());
    });
  }
}
