import { createHash } from 'node:crypto';
import { Readable, type Duplex } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { maskAddresses } from '../../domain/mask-addresses';
import type { ImageSource } from './image-source';

/** An image from a web server, unpacked when it is gzip. Throws when the server does not give it; its end is refused when its checksum is another one. */
export async function downloadImage({ url, sha256 }: { url: string; sha256: string }, doFetch: typeof fetch, signal: AbortSignal): Promise<ImageSource> {
  const name = nameOf(url);
  const response = await doFetch(url, { signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new Error(`the image can't be downloaded from ${name}: ${maskAddresses(describe(error))}`);
  });
  if (!response.ok || response.body === null) throw new Error(`the image can't be downloaded from ${name}: status ${response.status}`);
  const length = Number(response.headers.get('content-length') ?? '');
  const hash = createHash('sha256');
  let read = 0;

  async function* verified(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
    for await (const bytes of body) {
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      read += chunk.length;
      hash.update(chunk);
      yield chunk;
    }
    const found = hash.digest('hex');
    if (found !== sha256) throw new Error(`the image at ${name} has the checksum ${found}, not ${sha256}`);
  }

  const body = Readable.from(verified(response.body), { objectMode: false, highWaterMark: 1024 * 1024 });
  return { name, chunks: unpack(body), sizeBytes: length > 0 ? length : undefined, readBytes: () => read };
}

/** An address as others may read it, the users of the service among them: its user, password and signature are secrets. */
function nameOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

async function* unpack(body: Readable): AsyncGenerator<Buffer> {
  const source = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await source.next();
  if (first.done === true) return;
  async function* whole(): AsyncGenerator<Buffer> {
    yield first.value as Buffer;
    for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
  }
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
    yield* whole();
    return;
  }
  const packed = Readable.from(whole(), { objectMode: false });
  const unpacked: Duplex = packed.pipe(createGunzip());
  packed.on('error', (error) => unpacked.destroy(error));
  for await (const chunk of unpacked) yield chunk as Buffer;
}
