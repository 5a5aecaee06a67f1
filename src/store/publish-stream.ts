import { createReadStream } from 'node:fs';
import type { ObjectAddress, PublishOptions, Store } from './store';
import { withMultipartUpload, type MultipartContext } from './multipart';

/** Grows with the object, as there may be 10,000 parts: 8 MiB serve 39 GiB, doubled from there on. */
const partSize = 8 * 1024 * 1024;
const parallelParts = 4;
const partsBeforeDoubling = 5_000;

type PublishOperations = Pick<Store, 'publishStream' | 'uploadFile'>;

/** Uploads of unknown or large size, part by part. */
export function createPublishOperations(context: MultipartContext): PublishOperations {
  const publishStream = async (target: ObjectAddress, content: AsyncIterable<Uint8Array>, options: PublishOptions = {}) => {
    let storedBytes = 0;
    const { etag } = await withMultipartUpload(context, target, options, async ({ addPart, signal }) => {
      const running = new Set<Promise<void>>();
      let index = 0;
      for await (const body of cutIntoParts(content, signal)) {
        const stored = addPart(index, { kind: 'upload', body }).then(() => {
          storedBytes += body.length;
          options.onProgress?.(storedBytes);
        }).finally(() => running.delete(stored));
        running.add(stored);
        // Its failure reaches the caller through the race or the end of the upload, whichever is first.
        stored.catch(() => undefined);
        index++;
        if (running.size >= parallelParts) await Promise.race(running);
      }
      await Promise.all(running);
      await options.verify?.();
    });
    return { etag, sizeBytes: storedBytes };
  };

  return { publishStream, uploadFile: (target, path, options) => publishStream(target, readFile(path), options) };
}

/** Opened when the first byte is wanted: a stream that fails while nobody reads it would end the process. */
async function* readFile(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>;
}

/** Pieces of equal size; one empty piece for an empty stream, since an object has at least one part. */
async function* cutIntoParts(content: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let count = 0;
  let size = partSize;
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  for await (const chunk of content) {
    signal.throwIfAborted();
    pending.push(chunk);
    pendingBytes += chunk.length;
    while (pendingBytes >= size) {
      const joined = Buffer.concat(pending, pendingBytes);
      yield joined.subarray(0, size);
      pending = [joined.subarray(size)];
      pendingBytes = joined.length - size;
      if (++count % partsBeforeDoubling === 0) size *= 2;
    }
  }
  if (pendingBytes > 0 || count === 0) yield Buffer.concat(pending, pendingBytes);
}
