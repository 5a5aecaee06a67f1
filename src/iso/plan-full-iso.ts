import type { EmbedArea } from './embed-area';
import { ImageError } from './image-error';

/** A piece of the image to make, in order: copied from the base as it is, or base bytes with the embed area laid over. */
export interface PlannedPart {
  kind: 'copy' | 'edit';
  offset: number;
  length: number;
}

export interface PartLimits {
  /** S3: every part but the last has at least 5 MiB. */
  minPartBytes: number;
  /** How much one copy takes over; smaller pieces run side by side. */
  copyPartBytes: number;
  maxParts: number;
}

const MiB = 1024 * 1024;
export const s3Limits: PartLimits = { minPartBytes: 5 * MiB, copyPartBytes: 64 * MiB, maxParts: 10_000 };

/**
 * Plans an image as parts: one edited part around the embed area, no larger than it must be, the rest copies.
 * An area nearer to the start than the smallest part makes the first part the edited one.
 */
export function planFullIso(
  { sizeBytes, embedArea, payloadBytes }: { sizeBytes: number; embedArea: EmbedArea; payloadBytes: number },
  limits: PartLimits = s3Limits,
): PlannedPart[] {
  if (payloadBytes > embedArea.length) {
    throw new ImageError(`the configuration does not fit: ${payloadBytes} bytes, the base image has room for ${embedArea.length}`);
  }
  const start = embedArea.offset >= limits.minPartBytes ? embedArea.offset : 0;
  const end = Math.min(sizeBytes, Math.max(embedArea.offset + embedArea.length, start + limits.minPartBytes));
  const copyPartBytes = Math.max(limits.copyPartBytes, limits.minPartBytes, Math.ceil(sizeBytes / (limits.maxParts - 3)));
  return [
    ...cut(0, start, copyPartBytes, limits.minPartBytes),
    { kind: 'edit', offset: start, length: end - start },
    ...cut(end, sizeBytes, copyPartBytes, limits.minPartBytes),
  ];
}

/** Copies of equal size, none below the minimum unless the whole range is. */
function cut(from: number, to: number, partBytes: number, minPartBytes: number): PlannedPart[] {
  const total = to - from;
  if (total === 0) return [];
  const count = Math.max(1, Math.min(Math.ceil(total / partBytes), Math.floor(total / minPartBytes)));
  const border = (index: number) => from + Math.floor((total * index) / count);
  return Array.from({ length: count }, (_, index) => ({ kind: 'copy', offset: border(index), length: border(index + 1) - border(index) }));
}
