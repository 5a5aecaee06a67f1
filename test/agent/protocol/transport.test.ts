import { createServer, type Server } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { RequestFailed } from '../../../src/agent/protocol/request-failed';
import { createTransport } from '../../../src/agent/protocol/transport';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(status: number, body: string, seen: string[] = []): Promise<string> {
  const started = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${String(request.headers['x-secret-key'])}`);
    response.writeHead(status).end(body);
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

it('adds the base path and its headers, also when the address has the path', async () => {
  const seen: string[] = [];
  const url = await serve(200, '{"a":1}', seen);
  for (const address of [url, `${url}/`, `${url}/api/assisted-install/v1`]) {
    await expect(createTransport({ url: address, headers: { 'x-secret-key': 't' } }).call('GET', '/clusters')).resolves.toEqual({ a: 1 });
  }
  expect(new Set(seen)).toEqual(new Set(['GET /api/assisted-install/v1/clusters t']));
});

it('an empty body is undefined', async () => {
  await expect(createTransport({ url: await serve(204, ''), headers: {} }).call('POST', '/x', { json: {} })).resolves.toBeUndefined();
});

it('a refusal carries status and reason of both shapes of error', async () => {
  const error = await createTransport({ url: await serve(409, '{"kind":"Error","reason":"not now"}'), headers: {} }).call('POST', '/x').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RequestFailed);
  expect(error).toMatchObject({ status: 409, reason: 'not now', message: 'POST /x: 409 not now' });
  server?.close();
  await expect(createTransport({ url: await serve(401, '{"code":401,"message":"who?"}'), headers: {} }).call('GET', '/x')).rejects.toMatchObject({ status: 401, reason: 'who?' });
});

it('no answer has status 0, an abort is the abort\'s own reason', async () => {
  const url = await serve(200, '');
  const http = createTransport({ url, headers: {} });
  await expect(http.call('GET', '/x', { signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped');
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
  await expect(http.call('GET', '/x')).rejects.toMatchObject({ status: 0 });
});

it('an answer that breaks off is none, whatever its status', async () => {
  for (const status of [200, 500]) {
    const started = createServer((_request, response) => {
      response.writeHead(status, { 'content-length': '100' }).write('{"reason":', () => response.destroy());
    });
    server = started;
    await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
    const address = started.address();
    const http = createTransport({ url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, headers: {} });
    for (const call of [http.call('GET', '/x'), http.text('GET', '/x')]) await expect(call).rejects.toMatchObject({ name: 'RequestFailed', status: 0 });
    started.close();
  }
});

it('an abort while the answer comes is the abort\'s own reason', async () => {
  const started = createServer((_request, response) => void response.writeHead(200, { 'content-length': '100' }).write('{'));
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  const abort = new AbortController();
  const http = createTransport({ url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, headers: {}, fetch: async (...request) => {
    const answer = await fetch(...request);
    setImmediate(() => abort.abort(new Error('stopped')));
    return answer;
  } });
  await expect(http.text('GET', '/x', { signal: abort.signal })).rejects.toThrow('stopped');
});

it('a request may have more time than the others', async () => {
  const slow: typeof fetch = async (_url, init) => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    init?.signal?.throwIfAborted();
    return new Response('{}');
  };
  const transport = createTransport({ url: 'http://127.0.0.1:1', headers: {}, timeoutMs: 1, fetch: slow });
  await expect(transport.call('POST', '/x')).rejects.toMatchObject({ status: 0 });
  await expect(transport.call('POST', '/x', { timeoutMs: 60_000 })).resolves.toEqual({});
});
