import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baseImageAddress } from '../../src/iso/base-image';
import { findFailure } from '../../src/iso/failure-note';
import { createBaseImages } from '../../src/main/base-images';
import { loadSettings } from '../../src/config/load';
import type { Store } from '../../src/store/store';
import { createTestStore } from '../store/create-test-store';
import { completeSettings } from '../support/complete-settings';
import { startHttpProxy } from '../support/http-proxy';
import { makeLiveImage } from '../support/live-image';

const dir = mkdtempSync(join(tmpdir(), 'base-images-'));
const image = makeLiveImage(70_000);
let store: Store;
let server: Server;
let silentUrl: string;
let asked = 0;

beforeAll(async () => {
  ({ store } = await createTestStore());
  writeFileSync(join(dir, 'live.iso'), image);
  // Begins, and then gives nothing.
  server = createServer((request, response) => {
    if (request.url === '/whole.iso') {
      response.end(image);
      return;
    }
    asked += 1;
    response.writeHead(200, { 'content-length': 1_000_000 });
    response.write('x');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  silentUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/live.iso`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  store.close();
  rmSync(dir, { recursive: true });
});

const version = (rhcos: string, url: string) => ({ display_name: rhcos, release_version: rhcos, release_image: 'quay.io/x', rhcos_image: url, rhcos_rootfs: 'https://mirror.example/rootfs.img', rhcos_version: rhcos, support_level: 'production' });
const published = (rhcos: string) => store.headObject(baseImageAddress(rhcos));

describe('an image', () => {
  it('is fetched through the proxy that leads out', async () => {
    const proxy = await startHttpProxy({ names: { 'mirror.example:80': Number(new URL(silentUrl).port) } });
    const settings = (changes: object) => loadSettings({ ...completeSettings, OPENSHIFT_VERSIONS: JSON.stringify({ '4.8': { ...version('proxied', 'http://mirror.example/whole.iso'), default: true } }), ...changes });
    const { signal } = new AbortController();
    const publish = (changes: object) => createBaseImages({ settings: settings(changes), store }).publish('proxied', signal, () => undefined);
    await expect(publish({ HTTP_PROXY: 'ftp://proxy' })).rejects.toThrow('HTTP_PROXY must be the address of a proxy');
    expect(await publish({ HTTP_PROXY: `http://${proxy.place}` })).toMatchObject({ fetched: true, sizeBytes: image.length });
    expect(proxy.requests).toEqual(['GET http://mirror.example/whole.iso']);
    proxy.close();
  });
});

describe('the images of several versions', () => {
  it('are published though the source of one hardly gives anything and that of another is not there', async () => {
    const settings = loadSettings({
      ...completeSettings,
      OPENSHIFT_VERSIONS: JSON.stringify({
        '4.7': { ...version('silent', silentUrl), default: true },
        '4.8': version('absent', pathToFileURL(join(dir, 'absent.iso')).href),
        '4.9': version('good', pathToFileURL(join(dir, 'live.iso')).href),
        '4.10': version('also-good', pathToFileURL(join(dir, 'live.iso')).href),
      }),
    });
    const images = createBaseImages({ settings, store });
    const giveUp = new AbortController();
    const silent = images.publish('silent', giveUp.signal, () => undefined);
    silent.catch(() => undefined);
    await expect.poll(() => asked, { timeout: 30_000 }).toBe(1);
    const { signal } = new AbortController();
    const others = await Promise.allSettled(['absent', 'good', 'also-good'].map((rhcos) => images.publish(rhcos, signal, () => undefined)));
    expect(others.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(await published('good')).toMatchObject({ sizeBytes: image.length });
    expect([await published('silent'), await published('absent')]).toEqual([undefined, undefined]);
    expect([await findFailure(store, 'absent', 'live'), await findFailure(store, 'good', 'live')]).toEqual([expect.stringContaining('ENOENT'), undefined]);
    giveUp.abort(new Error('the worker stops'));
    await expect(silent).rejects.toThrow('the worker stops');
    expect(await findFailure(store, 'silent', 'live')).toBeUndefined();
  });
});
