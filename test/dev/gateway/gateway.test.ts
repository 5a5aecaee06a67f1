import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway, type Gateway } from '../../../src/dev/gateway/start-gateway';
import { findFreePort } from '../../support/free-port';
import { startTestStandin, type TestStandin } from '../../ams-standin/test-standin';

/** More than any buffer on the way holds. */
const large = randomBytes(24 * 1024 * 1024);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const arrived: IncomingMessage[] = [];
let backend: Server;
let standin: TestStandin;
let gateway: Gateway;

beforeAll(async () => {
  standin = await startTestStandin();
  backend = createServer((request, response) => {
    arrived.push(request);
    if (request.url === '/never') return;
    if (request.url === '/large') {
      response.writeHead(200, { 'content-length': large.length, etag: '"e"' }).end(request.method === 'HEAD' ? undefined : large);
      return;
    }
    const hash = createHash('sha256');
    request.on('data', (chunk: Buffer) => hash.update(chunk));
    request.on('end', () => response.writeHead(request.url?.startsWith('/moved') ? 302 : 201, { location: '/elsewhere' }).end(hash.digest('hex')));
  });
  backend.listen(0, '127.0.0.1');
  await once(backend, 'listening');
  const apiUrl = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
  gateway = await startGateway({ apiUrl, amsUrl: standin.url }, 0);
});
afterAll(async () => {
  await gateway.close();
  backend.closeAllConnections();
  backend.close();
  await standin.close();
});

describe('the gateway', () => {
  it('gives tokens, account services and the service behind one address', async () => {
    const form = new URLSearchParams({ grant_type: 'password', client_id: 'cloud-services', username: 'ann', password: 'planted-password' });
    const granted = await fetch(`${gateway.url}/auth/realms/redhat-external/protocol/openid-connect/token`, { method: 'POST', body: form });
    const { access_token: token } = await granted.json() as { access_token: string };
    const headers = { authorization: `bearer ${token}` };
    const account = await fetch(`${gateway.url}/api/accounts_mgmt/v1/current_account`, { headers });
    expect(await account.json()).toMatchObject({ username: 'ann' });
    await fetch(`${gateway.url}/api/assisted-install/v1/clusters?a=b%20c`, { headers });
    const request = arrived.at(-1);
    expect(request?.url).toBe('/api/assisted-install/v1/clusters?a=b%20c');
    expect(request?.headers).toMatchObject({ ...headers, 'x-forwarded-host': new URL(gateway.url).host, 'x-forwarded-proto': 'http' });
  });

  it('passes bodies, lengths and redirects on unchanged', async () => {
    const download = await fetch(`${gateway.url}/large`);
    expect(download.headers.get('content-length')).toBe(String(large.length));
    expect(sha256(new Uint8Array(await download.arrayBuffer()))).toBe(sha256(large));
    const head = await fetch(`${gateway.url}/large`, { method: 'HEAD' });
    expect([head.headers.get('content-length'), head.headers.get('etag')]).toEqual([String(large.length), '"e"']);
    const upload = await fetch(`${gateway.url}/upload`, { method: 'POST', body: large });
    expect([upload.status, await upload.text()]).toEqual([201, sha256(large)]);
    const moved = await fetch(`${gateway.url}/moved`, { redirect: 'manual' });
    expect([moved.status, moved.headers.get('location')]).toEqual([302, '/elsewhere']);
  });

  it('ends the request behind when its client goes away', async () => {
    const client = new AbortController();
    const answer = fetch(`${gateway.url}/never`, { signal: client.signal });
    await expect.poll(() => arrived.at(-1)?.url).toBe('/never');
    client.abort();
    await expect(answer).rejects.toThrow();
    await expect.poll(() => arrived.at(-1)?.socket.destroyed).toBe(true);
  });

  it('says 502 where nothing answers', async () => {
    const lonely = await startGateway({ apiUrl: `http://127.0.0.1:${await findFreePort()}`, amsUrl: standin.url }, 0);
    const response = await fetch(`${lonely.url}/health`);
    expect([response.status, await response.json()]).toEqual([502, expect.objectContaining({ kind: 'Error', code: '502' })]);
    await lonely.close();
  });
});
