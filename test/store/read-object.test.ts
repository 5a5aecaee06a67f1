import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store';
import { createTestStore } from './create-test-store';

const pieceBytes = 1024 * 1024;
const contents = [3 * pieceBytes + 11, 4 * pieceBytes, 700].map((size) => randomBytes(size));
let store: Store;
beforeAll(async () => {
  ({ store } = await createTestStore());
  await Promise.all(contents.map((content, index) => store.putObject({ bucket: 'private', key: `object-${index}` }, content)));
});
afterAll(() => store.close());

/** Every piece of an object as it was given out, not copied before all have come. */
async function piecesOf(index: number): Promise<Buffer[]> {
  const { stream } = await store.getObject({ bucket: 'private', key: `object-${index}` });
  const pieces: Buffer[] = [];
  for await (const piece of stream as AsyncIterable<Buffer>) pieces.push(piece);
  return pieces;
}

describe('objects that are read side by side', { timeout: 120_000 }, () => {
  it('give out bytes that stay as they are, while others read at the same time and after', async () => {
    const indexes = [0, 1, 2, 0, 1, 2];
    const all = await Promise.all(indexes.map(piecesOf));
    all.push(...(await Promise.all(indexes.map(piecesOf))));
    all.forEach((pieces, position) => {
      const content = contents[position % contents.length] ?? Buffer.alloc(0);
      expect(Buffer.concat(pieces).equals(content)).toBe(true);
    });
  });

  it('come over connections of their own when they are said to be large', async () => {
    const { stream, sizeBytes, contentLength, contentRange } = await store.getObject({ bucket: 'private', key: 'object-0' }, { isLarge: true, range: 'bytes=10-' });
    const size = contents[0]?.length ?? 0;
    expect([sizeBytes, contentLength, contentRange, typeof stream.pourInto]).toEqual([size, size - 10, `bytes 10-${size - 1}/${size}`, 'function']);
    expect((await buffer(stream)).equals(contents[0]?.subarray(10) ?? Buffer.alloc(0))).toBe(true);
    await expect(store.getObject({ bucket: 'private', key: 'none' }, { isLarge: true })).rejects.toMatchObject({ type: 'NotFound' });
    await expect(store.getObject({ bucket: 'private', key: 'object-2' }, { isLarge: true, range: 'bytes=700-' })).rejects.toMatchObject({ type: 'InvalidRange' });
  });

  it('take no more than the reader does', async () => {
    const { stream } = await store.getObject({ bucket: 'private', key: 'object-1' });
    const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const first = await pieces.next();
    expect((await piecesOf(0)).length).toBeGreaterThan(0);
    expect(stream.readableLength).toBeLessThan(2 * pieceBytes);
    const rest: Buffer[] = [first.value];
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) rest.push(next.value);
    expect(Buffer.concat(rest).equals(contents[1] ?? Buffer.alloc(0))).toBe(true);
  });
});
