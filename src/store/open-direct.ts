import { connect, type Socket } from 'node:net';
import { BufferRing } from './buffer-ring';
import { DirectBody } from './direct-body';
import { readHead } from './read-head';

/** A good part of the price is by the piece: with 256 KiB a gigabyte took half as much CPU time again. */
const ringSize = { count: 4, sizeBytes: 1024 * 1024 };
const connectTimeoutMs = 2_000;
/** A server that sends nothing for so long while somebody waits for it will not go on. */
const silenceMs = 60_000;

interface DirectAnswer {
  status: number;
  headers: Record<string, string>;
  body: DirectBody;
}

interface DirectRequest {
  host: string;
  port: number;
  /** The whole request, which asks for the end of the connection after the answer. */
  head: string;
  /** Ends the wait for the answer, not the answer. */
  signal: AbortSignal | undefined;
}

/**
 * Asks an HTTP server over a connection of its own, whose body is read into four buffers in turn.
 * Rejects unless the answer is a success whose length is known.
 */
export function openDirect({ host, port, head, signal }: DirectRequest): Promise<DirectAnswer> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const ring = new BufferRing(ringSize.count, ringSize.sizeBytes);
    let before = Buffer.alloc(0);
    let body: DirectBody | undefined;
    const socket: Socket = connect({ host, port, onread: { buffer: () => ring.current, callback: (count) => receive(count) } });
    const fail = (error: Error): void => {
      socket.destroy();
      signal?.removeEventListener('abort', abort);
      reject(error);
    };
    const abort = (): void => fail(new Error('the caller no longer waits'));
    signal?.addEventListener('abort', abort, { once: true });
    let fault: Error | undefined;
    socket
      .setTimeout(connectTimeoutMs)
      .once('connect', () => socket.setTimeout(silenceMs).write(head))
      .on('timeout', () => {
        if (body === undefined || ring.isFree) socket.destroy(new Error('the S3 server is silent'));
      })
      .on('error', (error) => (fault = error))
      .once('close', () => {
        body?.broke(fault);
        fail(fault ?? new Error('the connection ended before the answer'));
      });

    function receive(count: number): boolean {
      const bytes = ring.current.subarray(0, count);
      if (!body) return begin(bytes);
      body.receive({ bytes, release: ring.take() });
      return ring.isFree;
    }

    /** Until the reader asks for the body no more of it is read. */
    function begin(bytes: Buffer): boolean {
      before = Buffer.concat([before, bytes]);
      try {
        const answer = readHead(before);
        if (!answer) return true;
        const { status, headers, contentLength, sizeBytes } = answer;
        if ((status !== 200 && status !== 206) || contentLength === undefined) throw new Error('not a body of known length');
        body = new DirectBody({ socket, resume }, contentLength);
        if (before.length > sizeBytes) body.receive({ bytes: before.subarray(sizeBytes), release: () => undefined });
        signal?.removeEventListener('abort', abort);
        resolve({ status, headers, body });
      } catch (error) {
        fail(error instanceof Error ? error : new Error(String(error)));
      }
      return false;
    }

    function resume(): void {
      if (socket.destroyed || !ring.isFree) return;
      socket.setTimeout(silenceMs).resume();
    }
  });
}
