import { descriptorLength, descriptorOffset, parseEmbedArea, parseRamDiskArea, ramDiskDescriptorOffset, type EmbedArea } from './embed-area';
import { ImageError } from './image-error';
import type { ImageAddress, ImageStore } from './image-store';

/** The base image is not in the store; it can be published again. */
export class BaseImageMissing extends Error {
  override readonly name = 'BaseImageMissing';
}

export interface BaseImageInfo {
  sizeBytes: number;
  /** Names exactly these bytes: every copy out of the image asks for them. */
  etag: string;
  embedArea: EmbedArea;
  /** Only minimal images have it. */
  ramDiskArea: EmbedArea | undefined;
}

export type BaseImageInspector = (base: ImageAddress, options?: { signal?: AbortSignal }) => Promise<BaseImageInfo>;

/** Finds out what is needed of a base image in one look-up, and 48 bytes of it when it was not seen before. */
export function createBaseImageInspector(store: Pick<ImageStore, 'headObject' | 'readRange'>): BaseImageInspector {
  const known = new Map<string, BaseImageInfo>();
  return async (base, options = {}) => {
    const head = await store.headObject(base, options);
    if (!head) throw new BaseImageMissing(`the base image ${base.key} is missing`);
    const { sizeBytes, etag } = head;
    const place = `${base.bucket}/${base.key}`;
    const seen = known.get(place);
    if (seen?.etag === etag && seen.sizeBytes === sizeBytes) return seen;
    if (sizeBytes < descriptorOffset + descriptorLength) throw new ImageError(`the base image ${base.key} is too small to be one`);
    const range = { offset: ramDiskDescriptorOffset, length: 2 * descriptorLength, etag };
    const descriptors = await store.readRange(base, range, options);
    const info = {
      sizeBytes,
      etag,
      embedArea: parseEmbedArea(descriptors.subarray(descriptorLength), sizeBytes),
      ramDiskArea: parseRamDiskArea(descriptors.subarray(0, descriptorLength), sizeBytes),
    };
    known.set(place, info);
    return info;
  };
}
