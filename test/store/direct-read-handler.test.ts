import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { PassThrough, Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DirectReadHandler } from '../../src/store/direct-read-handler';
import type { ByteStream } from '../../src/store/store';

const content = randomBytes(5 * 1024 * 1024 + 17);
const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A server that answers each connection by these bytes, then keeps or ends it. */
async function startRaw(answer: (socket: Socket) => void): Promise<{ port: number; heads: string[]; open: Set<Socket> }> {
  const heads: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined).once('close', () => open.delete(socket));
    socket.once('data', (bytes: Buffer) => {
      heads.push(bytes.toString('latin1'));
      answer(socket);
    });
  });
  closers.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return { port: await listen(server), heads, open };
}

/** Asks once; `ordinary` tells whether the other handler had to. */
async function ask(port: number, maxConnections = 2): Promise<{ body: ByteStream; headers: Record<string, string>; status: number; ordinary: boolean; handler: DirectReadHandler }> {
  let ordinary = false;
  const handler = new DirectReadHandler({
    handle: () => {
      ordinary = true;
      return Promise.resolve({ response: { statusCode: 599, headers: {}, body: Readable.from([]) } });
    },
  }, maxConnections);
  closers.push(() => handler.destroy());
  const request = { method: 'GET', protocol: 'http:', hostname: '127.0.0.1', port, path: '/b/k', query: { 'x-id': 'GetObject' }, headers: { host: `127.0.0.1:${port}`, range: 'bytes=0-' } };
  const { response } = await handler.handle(request as unknown as Parameters<DirectReadHandler['handle']>[0]);
  return { body: response.body as ByteStream, headers: response.headers, status: response.statusCode, ordinary, handler };
}

const head = (length: number): string => `HTTP/1.1 206 Partial Content\r\nContent-Length: ${length}\r\nETag: "e"\r\n\r\n`;

/** Pours a body into memory. Each piece is copied late, so that memory that is used again too early would show. */
async function pour(body: ByteStream): Promise<{ bytes: Buffer; ended: boolean; error: Error | undefined }> {
  const pieces: Buffer[] = [];
  const target = new Writable({
    write: (piece: Buffer, _encoding, callback) => {
      setImmediate(() => {
        pieces.push(Buffer.from(piece));
        callback();
      });
    },
  });
  const closed = once(target, 'close');
  const error = await new Promise<Error | undefined>((resolve) => body.pourInto?.(target, resolve));
  await closed;
  return { bytes: Buffer.concat(pieces), ended: target.writableFinished, error };
}

describe('an answer over a connection of its own', () => {
  it('comes whole as a stream and poured, in pieces however small', async () => {
    const { port, heads } = await startRaw((socket) => {
      const all = Buffer.concat([Buffer.from(head(content.length)), content]);
      for (const [from, to] of [[0, 5], [5, 60], [60, 61], [61, all.length]]) socket.write(all.subarray(from, to));
    });
    const read = await ask(port);
    expect([read.status, read.headers['etag'], read.ordinary]).toEqual([206, '"e"', false]);
    expect((await buffer(read.body)).equals(content)).toBe(true);
    const poured = await pour((await ask(port)).body);
    expect([poured.bytes.equals(content), poured.error]).toEqual([true, undefined]);
    expect(heads[0]).toBe(`GET /b/k?x-id=GetObject HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nrange: bytes=0-\r\nconnection: close\r\n\r\n`);
  });

  it('that ends too early, or does not end where it should, breaks what it is poured into and read by', async () => {
    const short = await startRaw((socket) => socket.end(Buffer.concat([Buffer.from(head(content.length)), content.subarray(0, -1)])));
    const long = await startRaw((socket) => socket.end(Buffer.concat([Buffer.from(head(content.length - 1)), content])));
    for (const { port } of [short, long]) {
      const { ended, error } = await pour((await ask(port)).body);
      expect([ended, error?.name]).toEqual([false, 'StoreError']);
      await expect(buffer((await ask(port)).body)).rejects.toThrow('S3 server');
    }
  });

  it('that broke before anybody reads it is told to who begins to', async () => {
    const { port } = await startRaw((socket) => socket.end(head(10)));
    const { body, handler } = await ask(port);
    handler.destroy();
    await vi.waitFor(() => expect(body.destroyed).toBe(true));
    const target = new PassThrough();
    const error = await new Promise((resolve) => body.pourInto?.(target, resolve));
    expect([target.destroyed, error]).toEqual([true, expect.objectContaining({ name: 'StoreError' })]);
  });

  it('is let go of when its target goes away, without an error', async () => {
    const { port, open } = await startRaw((socket) => socket.write(Buffer.concat([Buffer.from(head(content.length)), content])));
    const { body } = await ask(port);
    const target = new PassThrough({ highWaterMark: 1 });
    const done = new Promise((resolve) => body.pourInto?.(target, resolve));
    await once(target, 'readable');
    target.destroy();
    expect(await done).toBeUndefined();
    await vi.waitFor(() => expect(open.size).toBe(0), { timeout: 30_000 });
  });

  it.each([
    ['an error', 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'],
    ['a body of unknown length', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a body in two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['a head without end', `HTTP/1.1 200 OK\r\nA: ${'a'.repeat(100_000)}`],
    ['nothing', ''],
  ])('is left to the ordinary way when it is %s', async (_what, answer) => {
    const { port, open } = await startRaw((socket) => socket.end(answer));
    expect((await ask(port)).ordinary).toBe(true);
    await vi.waitFor(() => expect(open.size).toBe(0), { timeout: 30_000 });
  });

  it('is asked for the ordinary way when there are connections enough', async () => {
    const { port, heads } = await startRaw((socket) => socket.write(head(10)));
    expect([(await ask(port, 0)).ordinary, heads]).toEqual([true, []]);
  });
});
