import { serve, type ServerType } from '@hono/node-server';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from '../../src/store/create-store';
import type { Store } from '../../src/store/store';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy';
import { startTestApi, type TestApi } from './test-api';
import { basePath } from './test-client';

const MiB = 1024 * 1024;
/** More than all buffers between the S3 server and a client together. */
const image = randomBytes(96 * MiB);
const mostOnTheWay = 48 * MiB;

let api: TestApi;
let proxy: TcpProxy;
let direct: Store;
let server: ServerType;
let url: string;
beforeAll(async () => {
  api = await startTestApi();
  direct = api.services.store;
  proxy = await startTcpProxy({ host: '127.0.0.1', port: Number(new URL(api.bucket.url).port) });
  api.services.store = createStore({
    endpoint: `http://127.0.0.1:${proxy.port}`, region: api.bucket.region, accessKeyId: api.bucket.accessKey, secretAccessKey: api.bucket.secretKey,
    privateBucket: api.bucket.bucket, publicBucket: api.bucket.bucket,
  });
  server = serve({ fetch: api.app.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  const created = await api.as.user.post('/clusters', { name: 'streams', openshift_version: '4.8', pull_secret: api.pullSecrets.user });
  const id = String(created.json['id']);
  expect((await api.as.user.post(`/clusters/${id}/downloads/image`, {})).status).toBe(201);
  await direct.putObject({ bucket: 'private', key: `discovery-image-${id}.iso` }, image);
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${basePath}/clusters/${id}/downloads/image`;
}, 120_000);
afterAll(async () => {
  server.close();
  api.services.store.close();
  api.services.store = direct;
  await proxy.close();
  await api.close();
});
beforeEach(() => proxy.restore());

const open = (headers: Record<string, string> = {}): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => get(url, { agent: false, headers: { Authorization: `Bearer ${api.tokens.user_token}`, ...headers } }, resolve).once('error', reject));

/** Opens a download, takes one piece, and leaves the rest waiting. */
async function openAndStop(): Promise<IncomingMessage> {
  const answer = await open();
  await once(answer, 'readable');
  return answer;
}

// Hundreds of megabytes: a machine that is busy with other things needs its time for them.
describe('a stream over a connection', { timeout: 120_000 }, () => {
  it('comes whole, in parts, and again over the connection that it came by', async () => {
    const whole = await open();
    expect([whole.statusCode, whole.headers['content-length'], whole.headers['transfer-encoding'], whole.headers['x-content-type-options']])
      .toEqual([200, String(image.length), undefined, 'nosniff']);
    expect((await buffer(whole)).equals(image)).toBe(true);
    const part = await open({ Range: `bytes=${5 * MiB}-${9 * MiB}` });
    expect([part.statusCode, part.headers['content-range']]).toEqual([206, `bytes ${5 * MiB}-${9 * MiB}/${image.length}`]);
    expect((await buffer(part)).equals(image.subarray(5 * MiB, 9 * MiB + 1))).toBe(true);
    const rest = await fetch(url, { headers: { Authorization: `Bearer ${api.tokens.user_token}`, Range: 'bytes=-7' } });
    expect(Buffer.from(await rest.arrayBuffer()).equals(image.subarray(-7))).toBe(true);
    const head = await fetch(url, { method: 'HEAD', headers: { Authorization: `Bearer ${api.tokens.user_token}` } });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(image.length), '']);
  });

  it('waits for a slow reader, and holds up nobody else', async () => {
    const before = proxy.receivedBytes();
    const slow = await openAndStop();
    const other = await buffer(await open({ Range: `bytes=0-${8 * MiB - 1}` }));
    expect(other.equals(image.subarray(0, 8 * MiB))).toBe(true);
    expect(proxy.receivedBytes() - before - other.length).toBeLessThan(mostOnTheWay);
    expect((await buffer(slow)).equals(image)).toBe(true);
  });

  it('is no longer read when the client goes away', async () => {
    expect((await buffer(await open({ Range: 'bytes=0-0' }))).length).toBe(1);
    const idle = proxy.connections();
    const before = proxy.receivedBytes();
    const answers = await Promise.all([openAndStop(), openAndStop(), openAndStop()]);
    for (const answer of answers) answer.destroy();
    await vi.waitFor(() => expect(proxy.connections()).toBeLessThanOrEqual(idle), { timeout: 30_000 });
    expect(proxy.receivedBytes() - before).toBeLessThan(3 * mostOnTheWay);
  });

  it('that breaks at the S3 server breaks for the client', async () => {
    const answer = await openAndStop();
    expect(answer.statusCode).toBe(200);
    proxy.cut();
    await expect(buffer(answer)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});
