import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baseImageAddress, ensureBaseImage } from '../../src/iso/base-image';
import { ImageError } from '../../src/iso/image-error';
import type { Store } from '../../src/store/store';
import { createTestStore } from '../store/create-test-store';

const content = randomBytes(9 * 1024 * 1024 + 11);
const sha256 = createHash('sha256').update(content).digest('hex');
const dir = mkdtempSync(join(tmpdir(), 'base-image-'));
const file = join(dir, 'live.iso');
let store: Store;
let server: Server;
let requests = 0;
let url: string;

const answers: Record<string, RequestListener> = {
  '/live.iso': (_, response) => response.end(content),
  '/cut.iso': (_, response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, 1000), () => response.destroy());
  },
  '/busy.iso': (_, response) => response.writeHead(503).end('later'),
};

beforeAll(async () => {
  ({ store } = await createTestStore());
  writeFileSync(file, content);
  server = createServer((request, response) => {
    requests++;
    const answer = answers[new URL(request.url ?? '/', 'http://host').pathname];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  store.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('a base image', () => {
  it('is published from an http source, once', async () => {
    const progress: number[] = [];
    const source = { url: `${url}/live.iso`, sha256: sha256.toUpperCase() };
    const result = await ensureBaseImage(store, '48.84.1', source, { onProgress: (bytes) => progress.push(bytes) });
    expect(result).toEqual({ key: 'rhcos-48.84.1.iso', sizeBytes: content.length, fetched: true });
    expect(progress.at(-1)).toBe(content.length);
    expect((await store.readObject(baseImageAddress('48.84.1'))).equals(content)).toBe(true);
    const before = requests;
    expect(await ensureBaseImage(store, '48.84.1', source)).toMatchObject({ fetched: false, sizeBytes: content.length });
    expect(requests).toBe(before);
  });

  it('is published from a file, with or without a checksum', async () => {
    const fileUrl = pathToFileURL(file).href;
    await ensureBaseImage(store, 'file', { url: fileUrl, sha256 });
    expect((await store.readObject(baseImageAddress('file'))).equals(content)).toBe(true);
    expect(await ensureBaseImage(store, 'unchecked', { url: fileUrl })).toMatchObject({ fetched: true });
  });

  it.each([
    ['its checksum is another', '/live.iso', '0'.repeat(64), true, /sha256/],
    ['the source does not have it', '/absent.iso', sha256, true, /404/],
    ['the source is busy', '/busy.iso', sha256, false, /503/],
    ['the transfer is cut off', '/cut.iso', sha256, false, /base image from http/],
  ])('does not appear when %s', async (_, path, expected, isFinal, message) => {
    const error: unknown = await ensureBaseImage(store, 'refused', { url: `${url}${path}?token=secret`, sha256: expected }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error instanceof ImageError).toBe(isFinal);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('secret');
    expect(await store.headObject(baseImageAddress('refused'))).toBeUndefined();
  });

  it('does not appear when its file is missing', async () => {
    await expect(ensureBaseImage(store, 'missing', { url: pathToFileURL(join(dir, 'absent.iso')).href })).rejects.toThrow('ENOENT');
  });
});
