import { ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStore, type StoreOptions } from '../../src/store/create-store';
import type { AssemblyPart, Store } from '../../src/store/store';
import { StoreError } from '../../src/store/store-error';
import { findFreePort } from '../support/free-port';
import { createTestStore } from './create-test-store';

const MiB = 1024 * 1024;
let store: Store;
let options: StoreOptions;
let raw: S3Client;

beforeAll(async () => {
  ({ store, options } = await createTestStore());
  raw = new S3Client({
    endpoint: options.endpoint, region: options.region, forcePathStyle: true,
    credentials: { accessKeyId: options.accessKeyId, secretAccessKey: options.secretAccessKey },
  });
});
afterAll(() => {
  store.close();
  raw.destroy();
});

async function failureOf(work: Promise<unknown>): Promise<StoreError> {
  const error: unknown = await work.then(() => undefined, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(StoreError);
  return error as StoreError;
}

async function keysBelow(prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of store.listKeys('private', prefix)) keys.push(key);
  return keys;
}

async function uploadsUnderWay(): Promise<number> {
  const output = await raw.send(new ListMultipartUploadsCommand({ Bucket: options.privateBucket }));
  return output.Uploads?.length ?? 0;
}

describe('buckets', () => {
  it('are created once; everybody reads the public one only', async () => {
    const names = { privateBucket: `p-${randomBytes(6).toString('hex')}`, publicBucket: `q-${randomBytes(6).toString('hex')}` };
    const fresh = createStore({ ...options, ...names });
    expect(await failureOf(fresh.ping())).toMatchObject({ type: 'Rejected' });
    await fresh.ensureBuckets();
    await fresh.ensureBuckets();
    await fresh.ping();
    await fresh.putObject({ bucket: 'private', key: 'a' }, 'hidden');
    await fresh.putObject({ bucket: 'public', key: 'a' }, 'shown');
    expect((await fetch(`${options.endpoint}/${names.privateBucket}/a`)).status).toBe(403);
    expect(await (await fetch(`${options.endpoint}/${names.publicBucket}/a`)).text()).toBe('shown');
    fresh.close();
  });
});

describe('one object', () => {
  const address = { bucket: 'private', key: 'folder/über uns+%.txt' } as const;

  it('is written, looked up, read whole, in part, and deleted', async () => {
    const { etag } = await store.putObject(address, '0123456789', { contentType: 'text/plain' });
    expect(await store.headObject(address)).toMatchObject({ sizeBytes: 10, etag, contentType: 'text/plain' });
    expect((await store.readObject(address)).toString()).toBe('0123456789');
    expect((await store.readRange(address, { offset: 3, length: 4, etag })).toString()).toBe('3456');
    const whole = await store.getObject(address);
    expect(whole).toMatchObject({ contentLength: 10, sizeBytes: 10, etag, contentRange: undefined });
    expect(await text(whole.stream)).toBe('0123456789');
    const part = await store.getObject(address, { range: 'bytes=-3' });
    expect(part).toMatchObject({ contentLength: 3, sizeBytes: 10, contentRange: 'bytes 7-9/10' });
    expect(await text(part.stream)).toBe('789');
    await store.deleteObject(address);
    await store.deleteObject(address);
    expect(await store.headObject(address)).toBeUndefined();
  });

  it('that is not there, is shorter or another one is told apart', async () => {
    expect(await failureOf(store.getObject({ bucket: 'private', key: 'absent' }))).toMatchObject({ type: 'NotFound', retryable: false });
    await store.putObject(address, 'abc');
    expect(await failureOf(store.getObject(address, { range: 'bytes=10-20' }))).toMatchObject({ type: 'InvalidRange' });
    expect(await failureOf(store.readRange(address, { offset: 1, length: 10 }))).toMatchObject({ type: 'InvalidRange' });
    expect(await failureOf(store.readRange(address, { offset: 0, length: 1, etag: '"00000000000000000000000000000000"' }))).toMatchObject({ type: 'Changed' });
  });

  it('is no longer sent when the reader goes away', async () => {
    const large = { bucket: 'private', key: 'large' } as const;
    await store.putObject(large, randomBytes(8 * MiB));
    const reader = new AbortController();
    const { stream } = await store.getObject(large, { signal: reader.signal });
    stream.once('data', () => reader.abort());
    await expect(text(stream)).rejects.toThrow();
    expect(stream.destroyed).toBe(true);
  });
});

describe('many objects', () => {
  it('are listed and deleted beyond one page, but for those to keep', async () => {
    const keys = Array.from({ length: 1_005 }, (_, index) => `many/${String(index).padStart(4, '0')}`);
    for (let start = 0; start < keys.length; start += 32) {
      await Promise.all(keys.slice(start, start + 32).map((key) => store.putObject({ bucket: 'private', key }, key)));
    }
    await store.putObject({ bucket: 'private', key: 'manyother' }, 'x');
    expect((await keysBelow('many/')).sort()).toEqual(keys);
    expect(await store.deletePrefix('private', 'many/', { keep: (key) => key.endsWith('7') })).toBe(905);
    expect(await keysBelow('many/')).toHaveLength(100);
    await store.deleteObjects('private', keys);
    expect(await keysBelow('many')).toEqual(['manyother']);
    // A thousand writes: on a machine that is busy with other things they take their time.
  }, 120_000);
});

describe('an object made of parts', () => {
  const source = { bucket: 'public', key: 'source part.bin' } as const;
  const target = { bucket: 'private', key: 'assembled' } as const;
  const content = randomBytes(13 * MiB + 5);
  const own = randomBytes(5 * MiB);
  let etag: string;
  const copy = (offset: number, length: number, tag = etag): AssemblyPart => ({ kind: 'copy', from: source, etag: tag, offset, length });

  beforeAll(async () => {
    ({ etag } = await store.putObject(source, content));
  });

  it('holds copied ranges and uploaded bytes in order', async () => {
    await store.assembleObject(target, [copy(0, 5 * MiB), { kind: 'upload', body: own }, copy(6 * MiB, 5 * MiB), copy(13 * MiB, 5)], { contentType: 'application/x-test' });
    const expected = Buffer.concat([content.subarray(0, 5 * MiB), own, content.subarray(6 * MiB, 11 * MiB), content.subarray(13 * MiB)]);
    expect((await store.readObject(target)).equals(expected)).toBe(true);
    expect(await store.headObject(target)).toMatchObject({ sizeBytes: expected.length, contentType: 'application/x-test' });
  });

  it('of a source that changed meanwhile does not appear, nor leaves anything behind', async () => {
    const absent = { bucket: 'private', key: 'absent' } as const;
    const other = '"00000000000000000000000000000000"';
    expect(await failureOf(store.assembleObject(absent, [copy(0, 5 * MiB), copy(5 * MiB, 5 * MiB, other), { kind: 'upload', body: own }]))).toMatchObject({ type: 'Changed' });
    expect(await store.headObject(absent)).toBeUndefined();
    expect(await uploadsUnderWay()).toBe(0);
  });

  it('does not appear when the caller gives up', async () => {
    const absent = { bucket: 'private', key: 'given-up' } as const;
    const caller = new AbortController();
    const work = store.assembleObject(absent, Array.from({ length: 20 }, (): AssemblyPart => ({ kind: 'upload', body: own })), { signal: caller.signal });
    caller.abort(new Error('gave up'));
    await expect(work).rejects.toThrow('gave up');
    expect(await store.headObject(absent)).toBeUndefined();
    expect(await uploadsUnderWay()).toBe(0);
  });
});

describe('a stream', () => {
  async function* pieces(content: Buffer, size: number) {
    for (let start = 0; start < content.length; start += size) yield content.subarray(start, start + size);
  }

  it.each([0, 1, 8 * MiB, 35 * MiB + 3])('of %i bytes is stored whole', async (length) => {
    const target = { bucket: 'public', key: `stream-${length}` } as const;
    const content = randomBytes(length);
    const progress: number[] = [];
    const stored = await store.publishStream(target, pieces(content, 3 * MiB + 1), { onProgress: (bytes) => progress.push(bytes) });
    expect(stored.sizeBytes).toBe(length);
    expect(Math.max(...progress)).toBe(length);
    expect((await store.readObject(target)).equals(content)).toBe(true);
  });

  it('that is refused at its end or breaks off does not appear', async () => {
    const target = { bucket: 'private', key: 'refused' } as const;
    const refuse = () => { throw new Error('wrong checksum'); };
    await expect(store.publishStream(target, pieces(randomBytes(9 * MiB), MiB), { verify: refuse })).rejects.toThrow('wrong checksum');
    async function* broken() {
      yield randomBytes(9 * MiB);
      throw new Error('cut off');
    }
    await expect(store.publishStream(target, broken())).rejects.toThrow('cut off');
    expect(await store.headObject(target)).toBeUndefined();
    expect(await uploadsUnderWay()).toBe(0);
  });
});

describe('a server', () => {
  it('that is away is Unavailable', async () => {
    const away = createStore({ ...options, endpoint: `http://127.0.0.1:${await findFreePort()}` });
    expect(await failureOf(away.headObject({ bucket: 'private', key: 'a' }))).toMatchObject({ type: 'Unavailable', retryable: true });
    expect(await failureOf(away.ping())).toMatchObject({ type: 'Unavailable' });
    away.close();
  });

  it('that does not accept the key rejects, without naming it', async () => {
    const stranger = createStore({ ...options, secretAccessKey: 'not-the-secret' });
    const error = await failureOf(stranger.putObject({ bucket: 'private', key: 'a' }, 'x'));
    expect(error).toMatchObject({ type: 'Rejected', retryable: false });
    expect(error.message).not.toContain('not-the-secret');
    stranger.close();
  });
});
