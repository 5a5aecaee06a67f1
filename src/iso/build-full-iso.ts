import type { BaseImageInfo } from './inspect-base-image';
import type { ImageAddress, ImagePart, ImageStore } from './image-store';
import { planFullIso, type PlannedPart } from './plan-full-iso';

export interface FullIsoOrder {
  base: ImageAddress;
  info: BaseImageInfo;
  target: ImageAddress;
  /** Goes to the start of the embed area; the rest of the area is zeroed. */
  payload: Uint8Array;
}

/**
 * Makes an image in the store out of its base. Only the surroundings of the embed area pass through this process
 * (twice at most about 5 MiB); the store itself copies the rest. Throws ImageError when the payload does not fit.
 */
export async function buildFullIso(
  store: Pick<ImageStore, 'readRange' | 'assembleObject'>,
  order: FullIsoOrder,
  options: { signal?: AbortSignal } = {},
): Promise<{ etag: string; sizeBytes: number }> {
  const { base, info, target, payload } = order;
  const plan = planFullIso({ sizeBytes: info.sizeBytes, embedArea: info.embedArea, payloadBytes: payload.length });
  const parts = await Promise.all(plan.map(async (part): Promise<ImagePart> => part.kind === 'copy'
    ? { kind: 'copy', from: base, etag: info.etag, offset: part.offset, length: part.length }
    : { kind: 'upload', body: await editPart(store, order, part, options) }));
  const { etag } = await store.assembleObject(target, parts, { ...options, contentType: 'application/x-iso9660-image' });
  return { etag, sizeBytes: info.sizeBytes };
}

async function editPart(
  store: Pick<ImageStore, 'readRange'>,
  { base, info, payload }: FullIsoOrder,
  part: PlannedPart,
  options: { signal?: AbortSignal },
): Promise<Buffer> {
  const { etag, embedArea } = info;
  const areaEnd = embedArea.offset + embedArea.length;
  const read = async (from: number, to: number) => (from === to ? Buffer.alloc(0) : store.readRange(base, { offset: from, length: to - from, etag }, options));
  const [before, after] = await Promise.all([read(part.offset, embedArea.offset), read(areaEnd, part.offset + part.length)]);
  return Buffer.concat([before, payload, Buffer.alloc(embedArea.length - payload.length), after]);
}
