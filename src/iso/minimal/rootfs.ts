import { baseImageAddress } from '../base-image';
import { getExtent, readVolume, type ReadBytes } from '../format/read-volume';
import type { ImageAddress, ImageStore } from '../image-store';
import { createBaseImageInspector } from '../inspect-base-image';
import { cutCopies } from '../plan-iso';
import { rootfsPath } from './plan-template';

/** The public object that holds the root file system of a version, where minimal images are to fetch it from here. */
export function rootfsAddress(rhcosVersion: string): ImageAddress {
  return { bucket: 'public', key: `rhcos-${rhcosVersion}-rootfs.img` };
}

/**
 * Publishes the root file system that lies in the base image of a version, unless it is there; the S3 server copies it out of
 * the image. Throws BaseImageMissing without the base, ImageError when it holds none.
 */
export async function ensureRootfs(store: Pick<ImageStore, 'headObject' | 'readRange' | 'assembleObject'>, rhcosVersion: string, signal: AbortSignal): Promise<{ key: string; made: boolean }> {
  const [base, target] = [baseImageAddress(rhcosVersion), rootfsAddress(rhcosVersion)];
  const { etag } = await createBaseImageInspector(store)(base, { signal });
  const origin = `base:${etag}`;
  if ((await store.headObject(target, { signal }))?.origin === origin) return { key: target.key, made: false };
  const read: ReadBytes = async (offset, length) => Buffer.from(await store.readRange(base, { offset, length, etag }, { signal }));
  const { offset, length } = getExtent(await readVolume(read), rootfsPath);
  const parts = cutCopies(offset, offset + length).map((part) => ({ kind: 'copy' as const, from: base, etag, offset: part.offset, length: part.length }));
  await store.assembleObject(target, parts, { signal, soleMaker: true, origin, contentType: 'application/octet-stream' });
  return { key: target.key, made: true };
}
