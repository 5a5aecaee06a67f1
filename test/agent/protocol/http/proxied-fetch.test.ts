import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createHttpFetch } from '../../../../src/agent/protocol/http/http-fetch';
import { type HttpProxyOptions, portOf, startHttpProxy, startSilentServer } from '../../../support/http-proxy';
import { createTestCertificate } from '../../../support/test-certificate';

const cleanUps: (() => void)[] = [];
afterEach(() => cleanUps.splice(0).forEach((cleanUp) => cleanUp()));

let tls: { key: string; cert: string };
beforeAll(async () => {
  tls = await createTestCertificate(['service.test']);
});

async function serve(listener: RequestListener, secure = false): Promise<number> {
  const server: Server = secure ? createTlsServer(tls, listener) : createServer(listener);
  cleanUps.push(() => (server.closeAllConnections(), void server.close()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return portOf(server);
}

async function proxy(options: HttpProxyOptions) {
  const started = await startHttpProxy(options);
  cleanUps.push(started.close);
  return started;
}

const echo: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => response.end(JSON.stringify({ call: `${request.method} ${request.url}`, host: request.headers.host, given: request.headers['proxy-authorization'], body: Buffer.concat(chunks).toString() })));
};

describe('behind a proxy', () => {
  it('asks it for what is not encrypted by its whole address, as the user of the proxy', async () => {
    const { place, requests } = await proxy({ names: { 'service.test:80': await serve(echo), 'service.test:8080': await serve(echo) }, credentials: 'me:p@ss' });
    const fetch = createHttpFetch({ insecure: false, environment: { HTTP_PROXY: `http://me:p%40ss@${place}` } });
    const answer = await fetch('http://service.test/a?b=c', { method: 'POST', body: 'text' });
    expect([answer.status, await answer.json()]).toEqual([200, { call: 'POST /a?b=c', host: 'service.test', body: 'text' }]);
    expect(await (await fetch('http://service.test:8080/')).json()).toMatchObject({ host: 'service.test:8080' });
    expect(requests).toEqual(['POST http://service.test/a?b=c', 'GET http://service.test:8080/']);
  });

  it('talks with a server by TLS through it, trusting the given authority, over one connection', async () => {
    const { place, requests } = await proxy({ names: { 'service.test:443': await serve(echo, true) }, credentials: 'me:p@ss' });
    const environment = { https_proxy: `me:p%40ss@${place}` };
    const fetch = createHttpFetch({ ca: tls.cert, insecure: false, environment });
    const form = new FormData();
    form.set('upfile', new Blob(['content']), 'logs.tar.gz');
    for (const body of ['one', form]) {
      const seen = (await (await fetch('https://service.test/a', { method: 'POST', body })).json()) as { call: string; body: string };
      expect(seen).toMatchObject({ call: 'POST /a', host: 'service.test', body: expect.stringMatching(/one|content/) });
      expect(seen).not.toHaveProperty('given');
    }
    expect(requests).toEqual(['CONNECT service.test:443']);
    await expect(createHttpFetch({ insecure: false, environment })('https://service.test/')).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect((await createHttpFetch({ insecure: true, environment })('https://service.test/')).status).toBe(200);
  });

  it('does not take the certificate of another name', async () => {
    const { place } = await proxy({ names: { 'other.test:443': await serve(echo, true) } });
    await expect(createHttpFetch({ ca: tls.cert, insecure: false, environment: { HTTPS_PROXY: place } })('https://other.test/')).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  });

  it.each([['service.test:443', '407'], ['[2001:db8::1]:8443', '407']])('a refused connection with %s is no answer of the server', async (authority, status) => {
    const { place, requests } = await proxy({ names: {}, credentials: 'me:secret' });
    const fetch = createHttpFetch({ insecure: false, environment: { HTTPS_PROXY: `http://me:wrong@${place}` } });
    await expect(fetch(`https://${authority}/`)).rejects.toThrow(`the proxy ${place}: answers ${status} to a connection with ${authority}`);
    expect(requests).toEqual([`CONNECT ${authority}`]);
  });

  it('says which proxy is not there', async () => {
    // A port that was free a moment ago may be another test's by now: nobody listens on this one.
    await expect(createHttpFetch({ insecure: false, environment: { HTTPS_PROXY: '127.0.0.1:1' } })('https://service.test/')).rejects.toThrow('the proxy 127.0.0.1:1: connect ECONNREFUSED');
  });

  it('reaches a proxy that is itself spoken to by TLS, both ways', async () => {
    const { place, requests } = await proxy({ names: { 'service.test:443': await serve(echo, true), 'service.test:80': await serve(echo) }, tls });
    const fetch = createHttpFetch({ ca: tls.cert, insecure: false, environment: { HTTPS_PROXY: `https://${place}`, HTTP_PROXY: `https://${place}` } });
    expect([(await fetch('https://service.test/')).status, (await fetch('http://service.test/')).status]).toEqual([200, 200]);
    expect(requests).toEqual(['CONNECT service.test:443', 'GET http://service.test/']);
  });

  it('goes past it where it is told to, also when it is sent on', async () => {
    const port = await serve(echo);
    const { place, requests } = await proxy({ names: { 'service.test:80': await serve((_request, response) => void response.writeHead(307, { location: `http://127.0.0.1:${port}/here` }).end()) } });
    const fetch = createHttpFetch({ insecure: false, environment: { HTTP_PROXY: place, NO_PROXY: '127.0.0.0/8' } });
    expect(await (await fetch('http://service.test/')).json()).toMatchObject({ call: 'GET /here' });
    expect(requests).toEqual(['GET http://service.test/']);
  });

  it('ends with its signal while the proxy is silent', async () => {
    const silent = await startSilentServer();
    cleanUps.push(silent.close);
    const fetch = createHttpFetch({ insecure: false, environment: { HTTPS_PROXY: `127.0.0.1:${silent.port}` } });
    await expect(fetch('https://service.test/', { signal: AbortSignal.timeout(50) })).rejects.toThrow(/abort/i);
  });
});
