import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Readable } from 'node:stream';
import { ImageError } from './image-error';
import type { ImageAddress, ImageStore } from './image-store';

export interface BaseImageSource {
  /** http, https or file. */
  url: string;
  /** Hexadecimal; without it the bytes are taken as they come. */
  sha256?: string;
}

export interface BaseImageResult {
  key: string;
  sizeBytes: number;
  /** False: it was there already. */
  fetched: boolean;
}

/** What every ISO 9660 image begins with. */
const systemAreaBytes = 32_768;
/** Longest silence of the source in milliseconds. */
const idleTimeoutMs = 30_000;

/** The public object that holds the live image of an RHCOS version. */
export function baseImageAddress(rhcosVersion: string): ImageAddress {
  return { bucket: 'public', key: `rhcos-${rhcosVersion}.iso` };
}

/**
 * Publishes the live image of a version in the public bucket unless it is there. It is streamed, and appears only when it is
 * complete and its checksum is right. A wrong checksum or a refusal of the source throws ImageError.
 */
export async function ensureBaseImage(
  store: Pick<ImageStore, 'headObject' | 'publishStream'>,
  rhcosVersion: string,
  { url, sha256 }: BaseImageSource,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (storedBytes: number) => void } = {},
): Promise<BaseImageResult> {
  const address = baseImageAddress(rhcosVersion);
  const options = signal ? { signal } : {};
  const present = await store.headObject(address, options);
  if (present) return { key: address.key, sizeBytes: present.sizeBytes, fetched: false };
  const hash = createHash('sha256');
  const idle = new AbortController();
  const opened = signal ? AbortSignal.any([signal, idle.signal]) : idle.signal;
  let receivedBytes = 0;
  let expectedBytes: number | undefined;
  // Opened when the first byte is wanted: a stream that fails while nobody reads it would end the process.
  async function* watched() {
    const source = await openSource(url, opened);
    expectedBytes = source.lengthBytes;
    let timer = setTimeout(() => idle.abort(), idleTimeoutMs);
    try {
      for await (const chunk of source.stream as AsyncIterable<Uint8Array>) {
        clearTimeout(timer);
        hash.update(chunk);
        receivedBytes += chunk.length;
        yield chunk;
        timer = setTimeout(() => idle.abort(), idleTimeoutMs);
      }
    } finally {
      clearTimeout(timer);
    }
  }
  const verify = () => {
    if (expectedBytes !== undefined && receivedBytes !== expectedBytes) throw new Error(`${receivedBytes} of ${expectedBytes} bytes received`);
    if (receivedBytes < systemAreaBytes) throw new ImageError(`its ${receivedBytes} bytes are no ISO 9660 image`);
    const actual = hash.digest('hex');
    if (sha256 && actual !== sha256.toLowerCase()) throw new ImageError(`its sha256 is ${actual}, expected ${sha256}`);
  };
  try {
    const contentType = 'application/x-iso9660-image';
    const { sizeBytes } = await store.publishStream(address, watched(), { ...options, contentType, verify, ...(onProgress ? { onProgress } : {}) });
    return { key: address.key, sizeBytes, fetched: true };
  } catch (error) {
    signal?.throwIfAborted();
    throw explain(url, idle.signal.aborted ? new Error(`nothing received for ${idleTimeoutMs / 1000} s`) : error);
  }
}

async function openSource(url: string, signal: AbortSignal): Promise<{ stream: Readable; lengthBytes: number | undefined }> {
  const { protocol } = new URL(url);
  if (protocol === 'file:') return { stream: createReadStream(fileURLToPath(url), { highWaterMark: 1024 * 1024, signal }), lengthBytes: undefined };
  if (protocol !== 'http:' && protocol !== 'https:') throw new ImageError(`${protocol} addresses are not supported`);
  const response = await fetch(url, { signal });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    const isFinal = response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429;
    throw new (isFinal ? ImageError : Error)(`the server answered ${response.status}`);
  }
  const length = Number(response.headers.get('content-length') ?? NaN);
  return { stream: Readable.fromWeb(response.body), lengthBytes: Number.isNaN(length) ? undefined : length };
}

/** Names the source without what may be secret in its address. */
function explain(url: string, error: unknown): Error {
  const { protocol, host, pathname } = new URL(url);
  const reason = error instanceof Error ? [error.message, error.cause instanceof Error ? error.cause.message : ''].filter(Boolean).join(': ') : String(error);
  const message = `base image from ${protocol}//${host}${pathname}: ${reason}`;
  return error instanceof ImageError ? new ImageError(message, { cause: error }) : new Error(message, { cause: error });
}
