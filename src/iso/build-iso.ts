import type { EmbedArea } from './embed-area';
import { UnfitConfiguration } from './image-error';
import type { ImageAddress, ImagePart, ImageStore } from './image-store';
import { planIso, type PlannedPart } from './plan-iso';

/** What goes to the start of an area; the rest of the area is zeroed. */
export interface Filling {
  /** For the message when it does not fit. */
  what: string;
  area: EmbedArea;
  payload: Uint8Array;
}

export interface IsoOrder {
  base: ImageAddress;
  /** Size and etag of the base as it was when its areas were read. */
  info: { sizeBytes: number; etag: string };
  target: ImageAddress;
  fillings: readonly Filling[];
}

/**
 * Makes an image in the store out of its base. Only the surroundings of the areas pass through this process
 * (twice at most about 5 MiB around each); the store itself copies the rest. Throws UnfitConfiguration when a payload does not fit.
 */
export async function buildIso(
  store: Pick<ImageStore, 'readRange' | 'assembleObject'>,
  order: IsoOrder,
  options: { signal?: AbortSignal } = {},
): Promise<{ etag: string; sizeBytes: number }> {
  const { base, info, target, fillings } = order;
  for (const { what, area, payload } of fillings) {
    if (payload.length > area.length) throw new UnfitConfiguration(`${what} does not fit: ${payload.length} bytes, the base image has room for ${area.length}`);
  }
  const plan = planIso({ sizeBytes: info.sizeBytes, areas: fillings.map(({ area }) => area) });
  const parts = await Promise.all(plan.map(async (part): Promise<ImagePart> => part.kind === 'copy'
    ? { kind: 'copy', from: base, etag: info.etag, offset: part.offset, length: part.length }
    : { kind: 'upload', body: await editPart(store, order, part, options) }));
  const { etag } = await store.assembleObject(target, parts, { ...options, soleMaker: true, contentType: 'application/x-iso9660-image' });
  return { etag, sizeBytes: info.sizeBytes };
}

/** Reads what lies around the areas and fills these. */
async function editPart(
  store: Pick<ImageStore, 'readRange'>,
  { base, info: { etag }, fillings }: IsoOrder,
  part: PlannedPart,
  options: { signal?: AbortSignal },
): Promise<Buffer> {
  const body = Buffer.alloc(part.length);
  const inside = fillings.filter(({ area }) => area.offset >= part.offset && area.offset < part.offset + part.length).sort((left, right) => left.area.offset - right.area.offset);
  const gaps: EmbedArea[] = [];
  let position = part.offset;
  for (const { area, payload } of inside) {
    gaps.push({ offset: position, length: area.offset - position });
    body.set(payload, area.offset - part.offset);
    position = area.offset + area.length;
  }
  gaps.push({ offset: position, length: part.offset + part.length - position });
  await Promise.all(gaps.filter(({ length }) => length > 0).map(async ({ offset, length }) => {
    body.set(await store.readRange(base, { offset, length, etag }, options), offset - part.offset);
  }));
  return body;
}
