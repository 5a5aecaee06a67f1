import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildIso } from '../../src/iso/build-iso';
import { descriptorOffset, formatEmbedArea } from '../../src/iso/embed-area';
import type { ImagePart, ImageStore } from '../../src/iso/image-store';
import { BaseImageMissing, createBaseImageInspector } from '../../src/iso/inspect-base-image';
import { ImageError, UnfitConfiguration } from '../../src/iso/image-error';
import type { Store } from '../../src/store/store';
import { createTestStore } from '../store/create-test-store';

const MiB = 1024 * 1024;
const areaBytes = 256 * 1024;
const target = { bucket: 'private', key: 'discovery.iso' } as const;
let store: Store;

beforeAll(async () => {
  ({ store } = await createTestStore());
});
afterAll(() => store.close());

function makeBase(sizeBytes: number, offset: number): Buffer {
  const base = randomBytes(sizeBytes);
  formatEmbedArea({ offset, length: areaBytes }).copy(base, descriptorOffset);
  return base;
}

/** The same store, counting the bytes that pass through this process. */
function counting(inner: Store): { counted: ImageStore; bytes: () => number } {
  let bytes = 0;
  const counted: ImageStore = {
    ...inner,
    readRange: async (...args) => {
      const read = await inner.readRange(...args);
      bytes += read.length;
      return read;
    },
    assembleObject: (address, parts: readonly ImagePart[], options) => {
      for (const part of parts) if (part.kind === 'upload') bytes += part.body.length;
      return inner.assembleObject(address, parts, options);
    },
  };
  return { counted, bytes: () => bytes };
}

describe('a full image', () => {
  it.each([
    ['near the start', 40 * MiB, 64 * 1024],
    ['where the first part of the least size ends', 40 * MiB, 5 * MiB],
    ['in the middle', 40 * MiB, 23 * MiB + 2048],
    ['in the last 5 MiB', 40 * MiB, 38 * MiB],
    ['at the very end', 40 * MiB, 40 * MiB - areaBytes],
    ['of a base smaller than a part', MiB, 128 * 1024],
  ])('differs from its base by the embed area only, which lies %s', async (_, sizeBytes, offset) => {
    const base = { bucket: 'public', key: `base-${sizeBytes}-${offset}.iso` } as const;
    const content = makeBase(sizeBytes, offset);
    await store.putObject(base, content);
    const { counted, bytes } = counting(store);
    const info = await createBaseImageInspector(counted)(base);
    expect(info).toMatchObject({ sizeBytes, embedArea: { offset, length: areaBytes } });

    const payload = Buffer.from('our configuration');
    const made = await buildIso(counted, { base, info, target, fillings: [{ what: 'the configuration', area: info.embedArea, payload }] });
    content.fill(0, offset, offset + areaBytes);
    payload.copy(content, offset);
    const image = await store.readObject(target);
    expect(image.equals(content)).toBe(true);
    expect(made.sizeBytes).toBe(sizeBytes);
    expect(await store.headObject(target)).toMatchObject({ etag: made.etag, contentType: 'application/x-iso9660-image' });
    expect(bytes()).toBeLessThan(16_000_000);
  });

  it('says what does not fit, and how much room there is', async () => {
    const order = { base: target, info: { sizeBytes: MiB, etag: '' }, target, fillings: [{ what: 'the configuration', area: { offset: 0, length: 1000 }, payload: Buffer.alloc(1001) }] };
    await expect(buildIso(store, order)).rejects.toThrow(new UnfitConfiguration('the configuration does not fit: 1001 bytes, the base image has room for 1000'));
  });

  it('does not come out of two bases, when the base changes meanwhile', async () => {
    const base = { bucket: 'public', key: 'changing.iso' } as const;
    await store.putObject(base, makeBase(12 * MiB, 8 * MiB));
    const info = await createBaseImageInspector(store)(base);
    await store.putObject(base, makeBase(12 * MiB, 8 * MiB));
    const build = buildIso(store, { base, info, target: { bucket: 'private', key: 'mixed.iso' }, fillings: [{ what: 'it', area: info.embedArea, payload: Buffer.from('x') }] });
    await expect(build).rejects.toMatchObject({ type: 'Changed' });
    expect(await store.headObject({ bucket: 'private', key: 'mixed.iso' })).toBeUndefined();
  });
});

describe('the inspection of a base image', () => {
  it('reads an image once, and again when it has changed', async () => {
    const base = { bucket: 'public', key: 'inspected.iso' } as const;
    await store.putObject(base, makeBase(MiB, 128 * 1024));
    const { counted, bytes } = counting(store);
    const inspect = createBaseImageInspector(counted);
    await inspect(base);
    await inspect(base);
    expect(bytes()).toBe(48);
    await store.putObject(base, makeBase(MiB, 256 * 1024));
    expect((await inspect(base)).embedArea.offset).toBe(256 * 1024);
    expect(bytes()).toBe(96);
  });

  it('tells a missing image from one that is none', async () => {
    const inspect = createBaseImageInspector(store);
    await expect(inspect({ bucket: 'public', key: 'absent.iso' })).rejects.toThrow(BaseImageMissing);
    await store.putObject({ bucket: 'public', key: 'tiny.iso' }, 'x');
    await expect(inspect({ bucket: 'public', key: 'tiny.iso' })).rejects.toThrow(ImageError);
    await store.putObject({ bucket: 'public', key: 'other.iso' }, randomBytes(MiB));
    await expect(inspect({ bucket: 'public', key: 'other.iso' })).rejects.toThrow('not a CoreOS live image');
  });
});
