import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import { ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import type { DownloadStream } from '../services/clusters/open-object';

interface Answer {
  status: number;
  headers: Record<string, string>;
  /** Read to its end, or destroyed when the client goes away. */
  body: DownloadStream;
}

/**
 * Answers with a stream, from Node's stream to Node's response: a detour over web streams takes several times the CPU. A stream that breaks
 * ends the connection, so that no client takes what it got for the whole.
 * @param onFault told why a stream broke; not of clients that went away
 */
export function sendStream(c: Context, { status, headers, body }: Answer, onFault: (error: Error) => void): Response {
  const outgoing = findOutgoing(c);
  if (!outgoing) return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, { status, headers });
  if (outgoing.destroyed) {
    body.destroy();
    return RESPONSE_ALREADY_SENT;
  }
  outgoing.writeHead(status, headers);
  if (body.pourInto) {
    body.pourInto(outgoing, (error) => {
      if (error) onFault(error);
    });
    return RESPONSE_ALREADY_SENT;
  }
  pipeline(body, outgoing, (error) => {
    if (error && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') onFault(error);
  });
  return RESPONSE_ALREADY_SENT;
}

/** The response of the HTTP server; undefined for a request that no server received. */
function findOutgoing(c: Context): ServerResponse | undefined {
  const environment: unknown = c.env;
  const outgoing: unknown = typeof environment === 'object' && environment !== null && 'outgoing' in environment ? environment.outgoing : undefined;
  return outgoing instanceof ServerResponse ? outgoing : undefined;
}
