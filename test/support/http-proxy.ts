import { createServer, request as requestHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsFront } from 'node:tls';
import type { Duplex } from 'node:stream';

type Tls = { key: string; cert: string };

export interface HttpProxyOptions {
  /** The names this proxy knows, `host:port`, and the local ports they lead to; it refuses all others with 403. */
  names: Readonly<Record<string, number>>;
  /** `user:password`; others are answered 407. */
  credentials?: string;
  /** The proxy itself is reached by TLS. */
  tls?: Tls;
}

/** A forward proxy: it passes requests with whole addresses on, and connects where it is told to. */
export interface HttpProxy {
  /** `host:port`. */
  place: string;
  /** As they came: `CONNECT service.test:443`, `GET http://service.test/path`. */
  requests: string[];
  close(): void;
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

const listen = (server: Server): Promise<void> => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

export async function startHttpProxy({ names, credentials, tls }: HttpProxyOptions): Promise<HttpProxy> {
  const requests: string[] = [];
  const sockets = new Set<Duplex>();
  const keep = (socket: Duplex): void => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };

  /** The port a request may go to, or the status that refuses it. */
  function judge({ headers }: IncomingMessage, authority: string): { port: number } | { status: number } {
    const given = (headers['proxy-authorization'] ?? '').replace(/^Basic /, '');
    if (credentials !== undefined && Buffer.from(given, 'base64').toString() !== credentials) return { status: 407 };
    const port = names[authority];
    return port === undefined ? { status: 403 } : { port };
  }

  function pass(request: IncomingMessage, response: ServerResponse): void {
    requests.push(`${request.method} ${request.url}`);
    const url = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : undefined;
    const judged = url ? judge(request, `${url.hostname}:${url.port || 80}`) : { status: 400 };
    if (!url || 'status' in judged) return void response.writeHead('status' in judged ? judged.status : 400).end();
    const { 'proxy-authorization': _own, ...headers } = request.headers;
    const onward = requestHttp({ host: '127.0.0.1', port: judged.port, method: request.method, path: `${url.pathname}${url.search}`, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  }

  const server = tls ? createTlsServer(tls, pass) : createServer(pass);
  server.on('connection', keep);
  server.on('connect', (request: IncomingMessage, client: Duplex) => {
    requests.push(`CONNECT ${request.url}`);
    const judged = judge(request, request.url ?? '');
    if ('status' in judged) return void client.end(`HTTP/1.1 ${judged.status} no\r\n\r\n`);
    const server: Socket = connect(judged.port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      server.pipe(client).pipe(server);
    });
    keep(server);
    keep(client);
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
  });
  await listen(server);
  return {
    place: `127.0.0.1:${portOf(server)}`,
    requests,
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
    },
  };
}

/** TLS before a server on this machine that speaks without. */
export async function startTlsFront(tls: Tls, port: number): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Duplex>();
  const server = createTlsFront(tls, (client) => {
    const inner = connect(port, '127.0.0.1');
    for (const socket of [client, inner]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => (client.destroy(), inner.destroy()));
    }
    client.pipe(inner).pipe(client);
  });
  await listen(server);
  return { port: portOf(server), close: () => (sockets.forEach((socket) => socket.destroy()), void server.close()) };
}

/** Takes connections and says nothing. */
export async function startSilentServer(): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => void sockets.add(socket.on('error', () => undefined)));
  await listen(server);
  return { port: portOf(server), close: () => (sockets.forEach((socket) => socket.destroy()), void server.close()) };
}
