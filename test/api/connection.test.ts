import { serve, type ServerType } from '@hono/node-server';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basePath } from './test-client';
import { startTestApi, type TestApi } from './test-api';

let api: TestApi;
let server: ServerType;
let base: string;
beforeAll(async () => {
  api = await startTestApi();
  server = serve({ fetch: api.app.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}${basePath}`;
});
afterAll(async () => {
  server.close();
  await api.close();
});

const call = (path: string, init: RequestInit = {}) =>
  fetch(base + path, { ...init, headers: { Authorization: `Bearer ${api.tokens.user_token}`, 'Content-Type': 'application/json', ...init.headers } });

describe('over a connection', () => {
  it('registers, makes an image, and tells its length before and while it is downloaded', async () => {
    const registration = { name: 'wire', openshift_version: '4.8', pull_secret: api.pullSecrets.user };
    const created = await call('/clusters/', { method: 'POST', body: JSON.stringify(registration) });
    expect(created.status).toBe(201);
    const { id } = (await created.json()) as { id: string };
    expect((await call(`/clusters/${id}/downloads/image`, { method: 'POST', body: '{}' })).status).toBe(201);
    const head = await call(`/clusters/${id}/downloads/image`, { method: 'HEAD' });
    expect([head.status, head.headers.get('Content-Length'), head.headers.get('Content-Type')]).toEqual([200, '100', 'application/octet-stream']);
    const image = await call(`/clusters/${id}/downloads/image`, { headers: { Range: 'bytes=90-' } });
    expect([image.status, image.headers.get('Content-Length'), (await image.arrayBuffer()).byteLength]).toEqual([206, '10', 10]);
    const deleted = await call(`/clusters/${id}`, { method: 'DELETE' });
    expect([deleted.status, await deleted.text()]).toEqual([204, '']);
  });

  it('makes an image though the client that asked for it goes away', async () => {
    const created = await call('/clusters', { method: 'POST', body: JSON.stringify({ name: 'gone', openshift_version: '4.8', pull_secret: api.pullSecrets.user }) });
    const { id } = (await created.json()) as { id: string };
    const { images } = api.activityDeps;
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => { open = resolve; });
    let begun = 0;
    api.activityDeps.images = {
      ...images,
      async build(order, signal) {
        begun += 1;
        await opened;
        return images.build(order, signal);
      },
    };
    try {
      const goes = new AbortController();
      const asked = call(`/clusters/${id}/downloads/image`, { method: 'POST', body: '{}', signal: goes.signal });
      asked.catch(() => undefined);
      await expect.poll(() => begun, { timeout: 30_000 }).toBe(1);
      goes.abort();
      await expect(asked).rejects.toThrow();
      open();
      await expect.poll(async () => (await call(`/clusters/${id}/downloads/image`, { method: 'HEAD' })).status, { timeout: 30_000 }).toBe(200);
      expect(begun).toBe(1);
    } finally {
      api.activityDeps.images = images;
    }
  });

  it('refuses a body that is too large, whether its length is told or not', async () => {
    const text = JSON.stringify({ name: 'x'.repeat(70_000) });
    expect((await call('/clusters', { method: 'POST', body: text })).status).toBe(413);
    const stream = new Blob([text]).stream();
    expect((await call('/clusters', { method: 'POST', body: stream, duplex: 'half' })).status).toBe(413);
  });

  it('takes bodies whose length is not told', async () => {
    const stream = new Blob(['{"name": 5}']).stream();
    const answer = await call('/clusters', { method: 'POST', body: stream, duplex: 'half' });
    expect([answer.status, await answer.json()]).toEqual([422, { code: 601, message: 'name in body must be of type string' }]);
  });
});
