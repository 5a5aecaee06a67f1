import { createHash } from 'node:crypto';
import { maskAddresses } from '../domain/mask-addresses';
import { checkLiveImage, liveImageHeadBytes } from './check-live-image';
import { ImageError } from './image-error';
import type { ImageAddress, ImageStore } from './image-store';
import { KeptParts } from './kept-parts';
import { SourceChanged, type SourceAccess } from './open-source';
import { readSource } from './read-source';

export interface BaseImageSource extends SourceAccess {
  /** http, https, file or s3. */
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

/** The public object that holds the live image of an RHCOS version. */
export function baseImageAddress(rhcosVersion: string): ImageAddress {
  return { bucket: 'public', key: `rhcos-${rhcosVersion}.iso` };
}

/**
 * Publishes the live image of a version in the public bucket unless it is there; one that was published with another checksum is
 * replaced. It is streamed in parts, and appears only when it is complete and its checksum is right; an attempt that was interrupted,
 * also one of another process, is gone on with. A wrong checksum, what is no live image, or a refusal of the source throws ImageError.
 */
export async function ensureBaseImage(
  store: Pick<ImageStore, 'headObject' | 'readRange' | 'putObject' | 'deletePrefix' | 'assembleObject'>,
  rhcosVersion: string,
  { url, sha256, ...access }: BaseImageSource,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (storedBytes: number) => void } = {},
): Promise<BaseImageResult> {
  const address = baseImageAddress(rhcosVersion);
  const options = signal ? { signal } : {};
  const origin = sha256 === undefined ? undefined : `sha256:${sha256.toLowerCase()}`;
  const present = await store.headObject(address, options);
  const isOther = origin !== undefined && present?.origin !== undefined && present.origin !== origin;
  if (present && !isOther) return { key: address.key, sizeBytes: present.sizeBytes, fetched: false };
  const hash = createHash('sha256');
  const parts = await KeptParts.open(store, rhcosVersion, `${url} ${origin ?? ''}`, options, onProgress ?? (() => undefined));
  try {
    for await (const stored of parts.stored()) hash.update(stored);
    let sizeBytes = parts.storedBytes;
    if (!parts.isWhole) {
      for await (const chunk of readSource(url, { signal, access, from: sizeBytes, version: parts.version, onOpened: (source) => parts.begin(source) })) {
        hash.update(chunk);
        sizeBytes += chunk.length;
        await parts.add(chunk);
      }
    }
    const actual = hash.digest('hex');
    if (sha256 && actual !== sha256.toLowerCase()) throw new ImageError(`its sha256 is ${actual}, expected ${sha256}`);
    const made = await parts.finish();
    checkLiveImage(await parts.readHead(liveImageHeadBytes), sizeBytes);
    await store.assembleObject(address, made, { ...options, soleMaker: true, contentType: 'application/x-iso9660-image', ...(origin === undefined ? {} : { origin }) });
    await parts.discard();
    return { key: address.key, sizeBytes, fetched: true };
  } catch (error) {
    await parts.settle();
    signal?.throwIfAborted();
    if (error instanceof ImageError || error instanceof SourceChanged) await parts.discard().catch(() => undefined);
    throw explain(url, error);
  }
}

/** Names the source without what may be secret in its address; the former errors, which may tell it, go no further. */
function explain(url: string, error: unknown): Error {
  const { protocol, host, pathname } = new URL(url);
  const reason = error instanceof Error ? [error.message, error.cause instanceof Error ? error.cause.message : ''].filter(Boolean).join(': ') : String(error);
  return new (error instanceof ImageError ? ImageError : Error)(`base image from ${protocol}//${host}${pathname}: ${maskAddresses(reason)}`);
}
