import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baseImageAddress, ensureBaseImage } from '../../src/iso/base-image';
import { ImageError } from '../../src/iso/image-error';
import { keptPartBytes, keptPartsFolder } from '../../src/iso/kept-parts';
import { openSource, SourceChanged } from '../../src/iso/open-source';
import { openObjectOf } from '../../src/main/open-object';
import type { StoreOptions } from '../../src/store/create-store';
import type { Store } from '../../src/store/store';
import { makeLiveImage } from '../support/live-image';
import { createTestStore } from '../store/create-test-store';
import { rawUploads } from '../store/raw-uploads';
import { listAllKeys } from '../store/list-all-keys';

const content = makeLiveImage(9 * 1024 * 1024 + 11);
const sha256 = createHash('sha256').update(content).digest('hex');
const dir = mkdtempSync(join(tmpdir(), 'base-image-'));
const file = join(dir, 'live.iso');
let store: Store;
let options: StoreOptions;
let bucket: string;
let server: Server;
let requests = 0;
let ranges: [string | undefined, string | undefined][] = [];
let url: string;
let patientVersion = '"v1"';

const answers: Record<string, RequestListener> = {
  '/live.iso': (_, response) => response.end(content),
  '/cut.iso': (_, response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, 1000), () => response.destroy());
  },
  // Three connections that break after 3 MB each, then one that holds.
  '/breaking.iso': (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    ranges.push([request.headers.range, request.headers['if-range']?.toString()]);
    response.writeHead(from > 0 ? 206 : 200, {
      etag: '"v1"', 'content-length': content.length - from, ...(from > 0 && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
    });
    if (ranges.length < 4) response.write(content.subarray(from, from + 3_000_000), () => response.destroy());
    else response.end(content.subarray(from));
  },
  // Another version of the image is there when the rest is asked for: a range of that would be neither.
  '/changing.iso': (request, response) => {
    if (request.headers.range !== undefined) {
      response.writeHead(200, { etag: '"v2"' }).end(content);
      return;
    }
    response.writeHead(200, { etag: '"v1"', 'content-length': content.length });
    response.write(content.subarray(0, 3_000_000), () => response.destroy());
  },
  // Holds the connection after a part and a bit, until somebody goes on behind that; the version is the one of the hour.
  '/patient.iso': (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    ranges.push([request.headers.range, request.headers['if-range']?.toString()]);
    const goesOn = from > 0 && request.headers['if-range'] === patientVersion;
    const start = goesOn ? from : 0;
    response.writeHead(goesOn ? 206 : 200, {
      etag: patientVersion, 'content-length': content.length - start, ...(goesOn && { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }),
    });
    if (ranges.length === 1) response.write(content.subarray(0, keptPartBytes + 1_000));
    else response.end(content.subarray(start));
  },
  // What a proxy says when it does not let somebody through.
  '/page.iso': (_, response) => response.end(`<!DOCTYPE html><html><body>${'Sign in. '.repeat(8_000)}</body></html>`),
  // Ends as if it were all, without a length.
  '/short.iso': (_, response) => {
    response.write(content.subarray(0, 8 * 1024 * 1024), () => response.end());
  },
  '/other.iso': (_, response) => {
    const other = makeLiveImage(60_000);
    other.fill(0, 32_744, 32_768);
    response.end(other);
  },
  '/busy.iso': (_, response) => response.writeHead(503).end('later'),
};

beforeAll(async () => {
  const made = await createTestStore();
  options = made.options;
  store = made.store;
  bucket = made.options.privateBucket;
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

describe('a base image', { timeout: 120_000 }, () => {
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
    expect(await ensureBaseImage(store, 'file-unchecked', { url: fileUrl })).toMatchObject({ fetched: true });
  });

  it('goes on where the connection broke, with the same bytes', async () => {
    ranges = [];
    await ensureBaseImage(store, 'resumed', { url: `${url}/breaking.iso`, sha256 });
    expect((await store.readObject(baseImageAddress('resumed'))).equals(content)).toBe(true);
    const froms = ranges.map(([range]) => Number(/\d+/.exec(range ?? '0')?.[0]));
    expect(ranges).toHaveLength(4);
    expect(froms).toEqual([...froms].sort((left, right) => left - right));
    expect(ranges.slice(1).every(([range, version]) => range !== undefined && range !== 'bytes=0-' && version === '"v1"')).toBe(true);
  });

  describe('whose fetching was interrupted', () => {
    const keysOf = (version: string): Promise<string[]> => listAllKeys(store, 'private', keptPartsFolder(version));
    /** Gives up, as a worker that is asked to stop, when the first part is stored. */
    async function interrupt(version: string): Promise<void> {
      ranges = [];
      patientVersion = '"v1"';
      const stop = new AbortController();
      await expect(ensureBaseImage(store, version, { url: `${url}/patient.iso`, sha256 }, { signal: stop.signal, onProgress: () => stop.abort(new Error('asked to stop')) })).rejects.toThrow('asked to stop');
      expect(await keysOf(version)).toHaveLength(2);
    }

    it('goes on behind what is stored, and leaves nothing else behind', async () => {
      await interrupt('later');
      expect(await ensureBaseImage(store, 'later', { url: `${url}/patient.iso`, sha256 })).toMatchObject({ fetched: true, sizeBytes: content.length });
      expect(ranges).toEqual([[undefined, undefined], [`bytes=${keptPartBytes}-`, '"v1"']]);
      expect((await store.readObject(baseImageAddress('later'))).equals(content)).toBe(true);
      expect(await keysOf('later')).toEqual([]);
    });

    it.each([
      ['a file', 'kept-file', () => ({ url: pathToFileURL(file).href })],
      ['another bucket', 'kept-object', () => ({ url: `s3://${bucket}/mirror/kept.iso`, openObject: openObjectOf(store) })],
    ] as const)('goes on behind what is stored of %s', async (_what, version, source) => {
      await store.putObject({ bucket: 'private', key: 'mirror/kept.iso' }, content);
      const interruptAtFirst = async (): Promise<void> => {
        const stop = new AbortController();
        // The last part is small, and may be there before the first one.
        const onProgress = (bytes: number): void => {
          if (bytes >= keptPartBytes) stop.abort(new Error('asked to stop'));
        };
        await expect(ensureBaseImage(store, version, source(), { signal: stop.signal, onProgress })).rejects.toThrow('asked to stop');
      };
      const progress: number[] = [];
      await interruptAtFirst();
      const kept = (await keysOf(version)).length - 1;
      expect(kept).toBeGreaterThan(0);
      await ensureBaseImage(store, version, source(), { onProgress: (bytes) => progress.push(bytes) });
      expect(progress.filter((bytes) => bytes <= kept * keptPartBytes && bytes < content.length)).toEqual([]);
      expect((await store.readObject(baseImageAddress(version))).equals(content)).toBe(true);
    });

    it.each([
      ['a file', () => [pathToFileURL(file).href] as const, () => utimesSync(file, new Date(), new Date(Date.now() + 60_000))],
      ['another bucket', () => [`s3://${bucket}/mirror/changed.iso`, { openObject: openObjectOf(store) }] as const, () => store.putObject({ bucket: 'private', key: 'mirror/changed.iso' }, Buffer.alloc(content.length))],
    ] as const)('is not gone on with when the image of %s is another by now', async (_what, source, change) => {
      await store.putObject({ bucket: 'private', key: 'mirror/changed.iso' }, content);
      const [address, access] = source();
      const { signal } = new AbortController();
      const rest = async (from: number, version: string | undefined) => {
        const opened = await openSource(address, { from, version, signal }, access);
        return { ...opened, bytes: await buffer(opened.stream) };
      };
      const whole = await rest(0, undefined);
      expect([whole.totalBytes, whole.bytes.equals(content)]).toEqual([content.length, true]);
      expect((await rest(9_000_000, whole.version)).bytes.equals(content.subarray(9_000_000))).toBe(true);
      await change();
      await expect(rest(9_000_000, whole.version)).rejects.toThrow(SourceChanged);
    });

    it('begins anew when the source is another by now', async () => {
      await interrupt('changed');
      patientVersion = '"v2"';
      await expect(ensureBaseImage(store, 'changed', { url: `${url}/patient.iso`, sha256 })).rejects.toThrow('has changed');
      expect(await keysOf('changed')).toEqual([]);
      await ensureBaseImage(store, 'changed', { url: `${url}/patient.iso`, sha256 });
      expect(ranges.at(-1)).toEqual([undefined, undefined]);
      expect((await store.readObject(baseImageAddress('changed'))).equals(content)).toBe(true);
    });

    it('begins anew when the configuration names another source', async () => {
      await interrupt('moved');
      await ensureBaseImage(store, 'moved', { url: `${url}/live.iso`, sha256 });
      expect(ranges).toHaveLength(1);
      expect(await keysOf('moved')).toEqual([]);
    });

    it('keeps nothing of bytes with a wrong checksum', async () => {
      ranges = [['bytes=0-', undefined]];
      await expect(ensureBaseImage(store, 'wrong', { url: `${url}/patient.iso`, sha256: '0'.repeat(64) })).rejects.toThrow('sha256');
      expect(await keysOf('wrong')).toEqual([]);
    });
  });

  it('is not put together of two versions', async () => {
    await expect(ensureBaseImage(store, 'mixed', { url: `${url}/changing.iso`, sha256 })).rejects.toThrow('has changed');
    expect(await store.headObject(baseImageAddress('mixed'))).toBeUndefined();
  });

  it('is published from another bucket', async () => {
    await store.putObject({ bucket: 'private', key: 'mirror/live.iso' }, content);
    await ensureBaseImage(store, 's3', { url: `s3://${bucket}/mirror/live.iso`, sha256, openObject: openObjectOf(store) });
    expect((await store.readObject(baseImageAddress('s3'))).equals(content)).toBe(true);
    await expect(ensureBaseImage(store, 'ftp', { url: 'ftp://host/live.iso' })).rejects.toThrow('use http, https, file or s3');
  });

  it('takes the place of what a worker that died left of it', async () => {
    const raw = rawUploads(options);
    const { key } = baseImageAddress('died');
    await raw.leave(options.publicBucket, key);
    await ensureBaseImage(store, 'died', { url: pathToFileURL(file).href, sha256 });
    expect(await raw.list(options.publicBucket, key)).toEqual([]);
    raw.close();
  });

  it('is replaced when the configuration names other bytes', async () => {
    await ensureBaseImage(store, 'replaced', { url: pathToFileURL(file).href, sha256 });
    const other = makeLiveImage(40_000);
    writeFileSync(join(dir, 'other.iso'), other);
    const source = { url: pathToFileURL(join(dir, 'other.iso')).href, sha256: createHash('sha256').update(other).digest('hex') };
    expect(await ensureBaseImage(store, 'replaced', source)).toMatchObject({ fetched: true, sizeBytes: 40_000 });
    expect(await ensureBaseImage(store, 'replaced', source)).toMatchObject({ fetched: false });
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

  it('does not tell what stands in its address besides the place, not even to who looks into its error', async () => {
    const told = url.replace('http://', 'http://user:secret@');
    const error: unknown = await ensureBaseImage(store, 'refused', { url: `${told}/live.iso?token=secret` }).catch((reason: unknown) => reason);
    expect(inspect(error, { depth: null })).toContain(`base image from ${url}/live.iso: `);
    expect(inspect(error, { depth: null })).not.toContain('secret');
  });

  it.each([
    ['a page for people', '/page.iso', /are no ISO 9660 image, but a page for people: look at the address/],
    ['only its beginning', '/short.iso', /it is cut off: 8388608 of 9437184 bytes/],
    ['an image of something else', '/other.iso', /has no embed area: it is not a CoreOS live image/],
  ])('does not appear when there is no checksum and the source gives %s', async (_, path, message) => {
    await expect(ensureBaseImage(store, 'unchecked', { url: `${url}${path}` })).rejects.toThrow(message);
    expect(await store.headObject(baseImageAddress('unchecked'))).toBeUndefined();
    expect(await listAllKeys(store, 'private', keptPartsFolder('unchecked'))).toEqual([]);
  });

  it('does not appear when its file is missing', async () => {
    await expect(ensureBaseImage(store, 'missing', { url: pathToFileURL(join(dir, 'absent.iso')).href })).rejects.toThrow('ENOENT');
  });
});
