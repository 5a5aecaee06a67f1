import type { EmbedArea } from './embed-area';

/** A piece of the image to make, in order: copied from the base as it is, or base bytes with areas laid over. */
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
 * Plans an image as parts: edited ones around the areas, no larger than they must be, the rest copies. Areas with less than a
 * part between them are in one; an area nearer to the start than the smallest part makes the first part an edited one.
 */
export function planIso({ sizeBytes, areas }: { sizeBytes: number; areas: readonly EmbedArea[] }, limits: PartLimits = s3Limits): PlannedPart[] {
  const edits: { from: number; to: number }[] = [];
  for (const { offset, length } of [...areas].sort((left, right) => left.offset - right.offset)) {
    const last = edits.at(-1);
    if (offset - (last?.to ?? 0) >= limits.minPartBytes) edits.push({ from: offset, to: Math.min(sizeBytes, Math.max(offset + length, offset + limits.minPartBytes)) });
    else if (last) last.to = Math.max(last.to, offset + length);
    else edits.push({ from: 0, to: Math.min(sizeBytes, Math.max(offset + length, limits.minPartBytes)) });
  }
  const copyPartBytes = Math.max(limits.copyPartBytes, limits.minPartBytes, Math.ceil(sizeBytes / (limits.maxParts - 2 * edits.length - 1)));
  let done = 0;
  const parts = edits.flatMap(({ from, to }): PlannedPart[] => {
    const copies = cut(done, from, copyPartBytes, limits.minPartBytes);
    done = to;
    return [...copies, { kind: 'edit', offset: from, length: to - from }];
  });
  return [...parts, ...cut(done, sizeBytes, copyPartBytes, limits.minPartBytes)];
}

/** A range as copies. */
export const cutCopies = (from: number, to: number): PlannedPart[] => cut(from, to, s3Limits.copyPartBytes, s3Limits.minPartBytes);

/** Copies of equal size, none below the minimum unless the whole range is. */
function cut(from: number, to: number, partBytes: number, minPartBytes: number): PlannedPart[] {
  const total = to - from;
  if (total === 0) return [];
  const count = Math.max(1, Math.min(Math.ceil(total / partBytes), Math.floor(total / minPartBytes)));
  const border = (index: number) => from + Math.floor((total * index) / count);
  return Array.from({ length: count }, (_, index) => ({ kind: 'copy', offset: border(index), length: border(index + 1) - border(index) }));
}
