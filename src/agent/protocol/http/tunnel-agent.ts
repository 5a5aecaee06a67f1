import { request as requestHttp, type ClientRequestArgs, type RequestOptions } from 'node:http';
import { Agent, request as requestHttps, type AgentOptions } from 'node:https';
import { isIPv6 } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type ConnectionOptions } from 'node:tls';
import { proxyOptions } from './proxy-options';

/** For the proxy to connect with the server. */
const connectMs = 30_000;

/** Connects to servers through a proxy that does not see what is said: CONNECT (RFC 9110), and TLS within. */
export class TunnelAgent extends Agent {
  constructor(
    private readonly proxy: URL,
    private readonly trust: Pick<AgentOptions, 'ca' | 'rejectUnauthorized'>,
  ) {
    super({ keepAlive: true, ...trust });
  }

  /** Answers by its callback; a proxy that refuses is a connection that failed, never an answer of the server. */
  override createConnection(options: ClientRequestArgs, callback?: (error: Error | null, stream: Duplex) => void): undefined {
    const host = options.host ?? '';
    const authority = `${isIPv6(host) ? `[${host}]` : host}:${options.port ?? 443}`;
    const { headers, ...place } = proxyOptions(this.proxy);
    const asked: RequestOptions = { ...place, method: 'CONNECT', path: authority, headers: { ...headers, host: authority }, agent: false, timeout: connectMs };
    const request = this.proxy.protocol === 'https:' ? requestHttps({ ...asked, ...this.trust }) : requestHttp(asked);
    request.once('connect', ({ statusCode = 0 }, socket) => {
      if (statusCode >= 200 && statusCode < 300) {
        socket.setTimeout(0);
        return callback?.(null, connect({ ...(options as ConnectionOptions), socket }));
      }
      socket.destroy();
      request.emit('error', new Error(`answers ${statusCode} to a connection with ${authority}`));
    });
    request.once('timeout', () => request.destroy(new Error(`does not connect with ${authority} within ${connectMs / 1_000} s`)));
    // The type of a callback has no place for a failure without a stream; Node calls it so.
    request.on('error', ({ message }) => (callback as ((error: Error) => void) | undefined)?.(new Error(`the proxy ${this.proxy.host}: ${message}`)));
    request.end();
    return undefined;
  }
}
