import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpFetch } from '../../../../src/agent/protocol/http/http-fetch';
import { createTestCertificate } from '../../../support/test-certificate';

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => (server.closeAllConnections(), server.close())));

async function serve(listener: RequestListener, tls?: { key: string; cert: string }): Promise<string> {
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http${tls ? 's' : ''}://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

const plain = createHttpFetch({ ca: undefined, insecure: false, environment: {} });

describe('the HTTP client of the agent', () => {
  it('sends texts and forms with their types, and gives status, headers and body back', async () => {
    const url = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => response.writeHead(201, { 'x-type': request.headers['content-type'] ?? '' }).end(`${request.method} ${Buffer.concat(chunks).toString()}`));
    });
    const posted = await plain(url, { method: 'POST', body: '{"ä":1}', headers: { 'content-type': 'application/json' } });
    expect([posted.status, posted.headers.get('x-type'), await posted.text()]).toEqual([201, 'application/json', 'POST {"ä":1}']);
    const form = new FormData();
    form.set('upfile', new Blob(['content']), 'logs.tar.gz');
    const uploaded = await plain(url, { method: 'POST', body: form });
    expect(uploaded.headers.get('x-type')).toMatch(/^multipart\/form-data; boundary=/);
    expect(await uploaded.text()).toMatch(/name="upfile"; filename="logs\.tar\.gz"[\s\S]*content/);
  });

  it('follows a redirect, and keeps the secret from another server', async () => {
    const other = await serve(({ headers }, response) => void response.end(JSON.stringify(headers['x-secret-key'] ?? 'none')));
    const url = await serve(({ url: path, headers }, response) => {
      if (path === '/') response.end(JSON.stringify(headers['x-secret-key'] ?? 'none'));
      else response.writeHead(307, { location: path === '/here' ? '/' : other }).end();
    });
    const init = { headers: { 'x-secret-key': 'secret' } };
    expect(await (await plain(`${url}/here`, init)).json()).toBe('secret');
    expect(await (await plain(`${url}/there`, init)).json()).toBe('none');
  });

  it('trusts the authorities it is given, and anybody only when told to', async () => {
    const tls = await createTestCertificate();
    const url = await serve((_request, response) => void response.end('secret'), tls);
    const fetchWith = (ca: string | undefined, insecure: boolean) => createHttpFetch({ ca, insecure, environment: {} })(url).then((response) => response.text(), (error: { code?: string }) => error.code);
    expect([await fetchWith(tls.cert, false), await fetchWith(undefined, true), await fetchWith(undefined, false)]).toEqual(['secret', 'secret', 'DEPTH_ZERO_SELF_SIGNED_CERT']);
  });

  it('has no body where there is none, and answers what is no redirect for it as it came', async () => {
    const url = await serve(({ url: path }, response) => void response.writeHead(path === '/moved' ? 307 : 204, { location: '/else' }).end());
    const [none, moved] = [await plain(url, { method: 'DELETE' }), await plain(`${url}/moved`, { method: 'POST', body: '{}' })];
    expect([none.status, await none.text(), moved.status, moved.headers.get('location')]).toEqual([204, '', 307, '/else']);
  });

  it('ends with its signal', async () => {
    const url = await serve(() => undefined);
    await expect(plain(url, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow();
    await expect(plain(url, { signal: AbortSignal.timeout(50) })).rejects.toThrow(/aborted/i);
  });
});
