import { serve, type ServerType } from '@hono/node-server';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Unavailable } from '../../src/services/errors';
import { storeLogs } from '../../src/services/logs/store-logs';
import { createStore } from '../../src/store/create-store';
import { findViolations } from '../sim/contract-schema';
import { basePath } from './test-client';
import { startTestApi, type TestApi } from './test-api';

const hostId = 'bbf2dead-3746-54cb-b32a-917afd236656';
let api: TestApi;
let server: ServerType;
let id: string;
beforeAll(async () => {
  api = await startTestApi();
  server = serve({ fetch: api.app.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  await api.close();
});
beforeEach(async () => {
  const body = { name: 'logged', base_dns_domain: 'example.com', openshift_version: '4.8', pull_secret: api.pullSecrets.user };
  id = String((await api.as.user.post('/clusters', body)).json['id']);
  await api.as.agent.post(`/clusters/${id}/hosts`, { host_id: hostId });
  await api.messenger.refresh(id);
});

/** Sends a form as agents do. */
async function upload(path: string, content: Blob | undefined, field = 'upfile', headers: Record<string, string> = {}): Promise<Response> {
  const form = new FormData();
  form.set('note', 'a field that nobody asked for');
  if (content) form.set(field, content, 'logs.tar.gz');
  return api.app.request(`${basePath}${path}`, { method: 'POST', body: form, headers: { 'X-Secret-Key': api.tokens.agent_token, ...headers } });
}

const stored = async (key: string): Promise<string | undefined> =>
  (await api.store.headObject({ bucket: 'private', key })) && (await api.store.readObject({ bucket: 'private', key })).toString();

async function unpack(archive: ArrayBuffer): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const reader = extract();
  reader.on('entry', ({ name }, stream, next) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk) => chunks.push(chunk as Buffer));
    stream.on('end', () => {
      files[name] = Buffer.concat(chunks).toString();
      next();
    });
  });
  await pipeline(Readable.from([Buffer.from(archive)]), reader);
  return files;
}

describe('the progress of a collection', () => {
  it('shows at the host', async () => {
    expect((await api.as.agent.put(`/clusters/${id}/hosts/${hostId}/logs_progress`, { logs_state: 'requested' })).status).toBe(204);
    await api.messenger.refresh(id);
    const requested = (await api.as.user.get(`/clusters/${id}/hosts/${hostId}`)).json;
    expect([requested['logs_info'], requested['logs_collected_at']]).toEqual(['requested', '0001-01-01T00:00:00.000Z']);
    expect(Date.now() - Date.parse(String(requested['logs_started_at']))).toBeLessThan(60_000);

    expect((await upload(`/clusters/${id}/hosts/${hostId}/logs`, new Blob(['archive']))).status).toBe(204);
    await api.messenger.refresh(id);
    const collecting = (await api.as.user.get(`/clusters/${id}/hosts/${hostId}`)).json;
    expect([collecting['logs_info'], collecting['logs_started_at']]).toEqual(['collecting', requested['logs_started_at']]);
    expect(Date.now() - Date.parse(String(collecting['logs_collected_at']))).toBeLessThan(60_000);

    await api.as.agent.put(`/clusters/${id}/hosts/${hostId}/logs_progress`, { logs_state: 'completed' });
    await api.messenger.refresh(id);
    expect((await api.as.user.get(`/clusters/${id}/hosts/${hostId}`)).json).toMatchObject({ logs_info: 'completed', logs_collected_at: collecting['logs_collected_at'] });
  });

  it('shows at the cluster for the controller', async () => {
    expect((await api.as.agent.put(`/clusters/${id}/logs_progress`, { logs_state: 'requested' })).status).toBe(204);
    expect((await upload(`/clusters/${id}/logs?logs_type=controller`, new Blob(['archive']))).status).toBe(204);
    await api.messenger.refresh(id);
    const cluster = (await api.as.user.get(`/clusters/${id}`)).json;
    expect([cluster['logs_info'], findViolations('cluster', cluster)]).toEqual(['collecting', []]);
    expect([cluster['controller_logs_started_at'], cluster['controller_logs_collected_at']]).not.toContain('0001-01-01T00:00:00.000Z');
  });

  it('is of hosts and clusters that are there, in words of the contract', async () => {
    const unknown = await api.as.agent.put(`/clusters/${id}/hosts/${randomUUID()}/logs_progress`, { logs_state: 'requested' });
    expect([unknown.status, findViolations('error', unknown.json)]).toEqual([404, []]);
    expect((await api.as.agent.put(`/clusters/${id}/logs_progress`, { logs_state: 'soon' })).json).toMatchObject({ code: 606 });
    expect((await api.as.agent.put(`/clusters/${id}/logs_progress`, {})).json).toMatchObject({ code: 602 });
    await api.as.user.delete(`/clusters/${id}`);
    expect((await api.as.agent.put(`/clusters/${id}/logs_progress`, { logs_state: 'completed' })).status).toBe(404);
  });
});

describe('an upload', () => {
  it('of either path replaces the one before', async () => {
    await upload(`/clusters/${id}/hosts/${hostId}/logs`, new Blob(['first']));
    await upload(`/clusters/${id}/logs?logs_type=host&host_id=${hostId.toUpperCase()}`, new Blob(['second']));
    expect(await stored(`${id}/logs/${hostId}/logs.tar.gz`)).toBe('second');
  });

  it('of several parts arrives as it was sent', async () => {
    const content = Buffer.alloc(20 * 1024 * 1024, 'the logs of a long installation ');
    expect((await upload(`/clusters/${id}/logs?logs_type=controller`, new Blob([content]))).status).toBe(204);
    const download = await api.app.request(`${basePath}/clusters/${id}/logs?logs_type=controller`, { headers: { Authorization: `Bearer ${api.tokens.user_token}` } });
    expect([download.headers.get('Content-Length'), Buffer.from(await download.arrayBuffer()).equals(content)]).toEqual([String(content.length), true]);
  });

  it.each([
    ['without the file', (path: string) => upload(path, undefined), 422],
    ['under another name', (path: string) => upload(path, new Blob(['x']), 'file'), 422],
    ['that is no form', (path: string) => upload(path, new Blob(['x']), 'upfile', { 'Content-Type': 'text/plain' }), 422],
    ['without a boundary', (path: string) => upload(path, new Blob(['x']), 'upfile', { 'Content-Type': 'multipart/form-data' }), 422],
    ['that tells to be too long', (path: string) => upload(path, new Blob(['x']), 'upfile', { 'Content-Length': '200000000' }), 413],
    ['that is too long', (path: string) => upload(path, new Blob([Buffer.alloc(104_857_601)])), 413],
  ])('%s is refused and leaves nothing', async (_what, send, status) => {
    const answer = await send(`/clusters/${id}/logs?logs_type=controller`);
    expect([answer.status, await answer.json()]).toMatchObject([status, status === 413 ? { code: '413' } : { code: 602, message: 'upfile in formData is required' }]);
    expect(await stored(`${id}/logs/controller/logs.tar.gz`)).toBeUndefined();
    await api.messenger.refresh(id);
    expect((await api.as.user.get(`/clusters/${id}`)).json['logs_info']).toBeUndefined();
  });

  it('needs to know whose logs they are', async () => {
    expect((await upload(`/clusters/${id}/logs`, new Blob(['x']))).status).toBe(422);
    expect((await upload(`/clusters/${id}/logs?logs_type=all`, new Blob(['x']))).status).toBe(422);
    expect((await upload(`/clusters/${id}/logs?logs_type=host`, new Blob(['x']))).status).toBe(400);
    expect((await upload(`/clusters/${id}/logs?logs_type=host&host_id=${randomUUID()}`, new Blob(['x']))).status).toBe(404);
    expect((await upload(`/clusters/${id}/hosts/${randomUUID()}/logs`, new Blob(['x']))).status).toBe(404);
  });

  it('that breaks off leaves nothing', async () => {
    const { port } = server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const head = [
      `POST ${basePath}/clusters/${id}/logs?logs_type=controller HTTP/1.1`, 'Host: x', `X-Secret-Key: ${api.tokens.agent_token}`,
      'Content-Type: multipart/form-data; boundary=b', 'Content-Length: 100000', '', '--b', 'Content-Disposition: form-data; name="upfile"; filename="a"', '', 'only the beginning',
    ];
    socket.write(head.join('\r\n'));
    await expect.poll(() => uploadsUnderWay()).toBe(1);
    socket.destroy();
    await expect.poll(() => uploadsUnderWay()).toBe(0);
    expect(await stored(`${id}/logs/controller/logs.tar.gz`)).toBeUndefined();
  });

  it('can be sent again when the storage is away', async () => {
    const store = createStore({ endpoint: 'http://127.0.0.1:1', region: 'us-east-1', accessKeyId: 'a', secretAccessKey: 'b', privateBucket: 'x', publicBucket: 'y' });
    const sent = storeLogs({ ...api.agentDeps, store }, id, { type: 'controller' }, async () => Readable.from([Buffer.from('logs')]) as AsyncIterable<Uint8Array>);
    await expect(sent).rejects.toThrow(Unavailable);
    store.close();
    await api.messenger.refresh(id);
    expect((await api.as.user.get(`/clusters/${id}`)).json['logs_info']).toBeUndefined();
  });
});

/** Uploads that the object store knows of and that are not complete. */
async function uploadsUnderWay(): Promise<number> {
  const { S3Client, ListMultipartUploadsCommand } = await import('@aws-sdk/client-s3');
  const client = new S3Client({ endpoint: api.bucket.url, region: api.bucket.region, forcePathStyle: true, credentials: { accessKeyId: api.bucket.accessKey, secretAccessKey: api.bucket.secretKey } });
  const { Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket: api.bucket.bucket }));
  client.destroy();
  return (Uploads ?? []).length;
}

describe('a download', () => {
  it('gives the logs of one host under a name for people', async () => {
    const path = `/clusters/${id}/hosts/${hostId}/logs`;
    const early = await api.as.user.get(path);
    expect([early.status, findViolations('error', early.json)]).toEqual([409, []]);
    await upload(path, new Blob(['host logs']));
    const answer = await api.as.readOnlyAdmin.get(path);
    expect([answer.status, answer.text, answer.headers.get('Content-Disposition')]).toEqual([200, 'host logs', `attachment; filename="logged_auto-assign_${hostId}.tar.gz"`]);
    expect((await api.as.user.get(`/clusters/${id}/logs?logs_type=host&host_id=${hostId}`)).text).toBe('host logs');
    expect((await api.as.user.get(`/clusters/${id}/logs?host_id=${hostId}`)).text).toBe('host logs');
    expect((await api.as.user.get(path, { Range: 'bytes=0-3' })).text).toBe('host');
    expect((await api.as.user.get(`/clusters/${id}/hosts/${randomUUID()}/logs`)).status).toBe(404);
    expect((await api.as.user.get(`/clusters/${id}/logs?logs_type=host`)).status).toBe(400);
    expect((await api.as.user.get(`/clusters/${id}/logs?logs_type=controller`)).status).toBe(409);
  });

  it('gives all logs as one archive, also of a cluster that was deregistered', async () => {
    const path = `/clusters/${id}/logs`;
    expect((await api.as.user.get(path)).status).toBe(409);
    await upload(`/clusters/${id}/hosts/${hostId}/logs`, new Blob(['x'.repeat(100_000)]));
    await upload(`/clusters/${id}/logs?logs_type=controller`, new Blob(['controller logs']));
    await api.as.user.delete(`/clusters/${id}`);
    const answer = await api.app.request(`${basePath}${path}?logs_type=all`, { headers: { Authorization: `Bearer ${api.tokens.user_token}` } });
    expect([answer.status, answer.headers.get('Content-Disposition')]).toEqual([200, `attachment; filename="logged_${id}.tar"`]);
    expect(await unpack(await answer.arrayBuffer())).toEqual({
      [`logged_auto-assign_${hostId}.tar.gz`]: 'x'.repeat(100_000),
      [`logged_${id}_controller.tar.gz`]: 'controller logs',
    });
    const head = await api.as.user.send('HEAD', path);
    expect([head.status, head.text]).toEqual([200, '']);
  });

  it('ends with an error when the storage fails under it', async () => {
    await upload(`/clusters/${id}/logs?logs_type=controller`, new Blob(['controller logs']));
    const { services } = api;
    const store = services.store;
    services.store = { ...store, getObject: () => Promise.reject(new Error('away')) };
    try {
      const answer = await api.app.request(`${basePath}/clusters/${id}/logs`, { headers: { Authorization: `Bearer ${api.tokens.user_token}` } });
      await expect(answer.arrayBuffer()).rejects.toThrow();
    } finally {
      services.store = store;
    }
  });

  it('is permitted by a signed address, for exactly these logs', async () => {
    await upload(`/clusters/${id}/hosts/${hostId}/logs`, new Blob(['host logs']));
    const sign = (file: string) => api.signer.sign({ method: 'GET', clusterId: id, file, expiresAt: new Date(Date.now() + 60_000) });
    const [host, all] = [await sign(`logs/host/${hostId}`), await sign('logs/all')];
    const get = async (path: string, token: string) => (await api.as.nobody.get(`/clusters/${id}${path}api_key=${token}`)).status;
    expect(await Promise.all([
      get(`/hosts/${hostId}/logs?`, host), get(`/logs?logs_type=host&host_id=${hostId}&`, host), get('/logs?', all), get('/logs?logs_type=all&', all),
    ])).toEqual([200, 200, 200, 200]);
    expect(await Promise.all([
      get(`/hosts/${hostId}/logs?`, all), get('/logs?', host), get(`/hosts/${randomUUID()}/logs?`, host), get('/logs?logs_type=controller&', all), get('/logs?logs_type=host&', host),
    ])).toEqual([401, 401, 401, 401, 401]);
  });
});
