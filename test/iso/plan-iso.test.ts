import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planIso, s3Limits, type PlannedPart } from '../../src/iso/plan-iso';

const MiB = 1024 * 1024;

interface Area { offset: number; length: number }

/** Up to three areas that do not overlap, cut out of the image at sorted borders. */
const cases = fc
  .record({ sizeBytes: fc.integer({ min: 12, max: 400 }), minPartBytes: fc.integer({ min: 1, max: 60 }), copyPartBytes: fc.integer({ min: 1, max: 120 }), count: fc.integer({ min: 1, max: 3 }) })
  .chain((fixed) => fc.uniqueArray(fc.integer({ min: 0, max: fixed.sizeBytes }), { minLength: 2 * fixed.count, maxLength: 2 * fixed.count }).map((borders) => {
    const sorted = [...borders].sort((left, right) => left - right);
    const areas = Array.from({ length: fixed.count }, (_, index): Area => ({ offset: sorted[2 * index] ?? 0, length: (sorted[2 * index + 1] ?? 0) - (sorted[2 * index] ?? 0) }));
    return { ...fixed, areas };
  }));

/** What the plan comes to, byte by byte: copies take the base, edits the image with the areas filled. */
function carryOut(plan: PlannedPart[], base: Buffer, filled: Buffer): Buffer {
  return Buffer.concat(plan.map(({ kind, offset, length }) => (kind === 'copy' ? base : filled).subarray(offset, offset + length)));
}

describe('a plan', () => {
  it('makes exactly the image of the byte-level reference, of parts S3 takes', () => {
    fc.assert(fc.property(cases, ({ sizeBytes, areas, minPartBytes, copyPartBytes }) => {
      const base = Buffer.alloc(sizeBytes, 0xbb);
      const filled = Buffer.from(base);
      for (const { offset, length } of areas) filled.fill(0xaa, offset, offset + length);
      const plan = planIso({ sizeBytes, areas: [...areas].reverse() }, { minPartBytes, copyPartBytes, maxParts: 10_000 });
      expect(carryOut(plan, base, filled).equals(filled)).toBe(true);
      expect(plan.slice(0, -1).every(({ length }) => length >= minPartBytes)).toBe(true);
      expect(plan.every(({ length }) => length > 0)).toBe(true);
      expect(plan.filter(({ kind }) => kind === 'edit').length).toBeLessThanOrEqual(areas.length);
    }), { numRuns: 2_000 });
  });

  it('sends little through the service, wherever the area lies', () => {
    const sizeBytes = 1024 * MiB;
    const length = MiB / 4;
    for (const offset of [64 * 1024, 4.9 * MiB, 5 * MiB, 700 * MiB, sizeBytes - 5 * MiB, sizeBytes - length]) {
      const plan = planIso({ sizeBytes, areas: [{ offset: Math.floor(offset), length }] });
      expect(editedBytes(plan)).toBeLessThanOrEqual(5 * MiB + length);
      expect(plan.every((part) => part.length <= s3Limits.copyPartBytes)).toBe(true);
    }
  });

  it('sends no more for two areas side by side, as minimal images have them', () => {
    const ignition = { offset: 3 * MiB, length: MiB / 4 };
    const ramDisk = { offset: ignition.offset + ignition.length, length: MiB };
    expect(editedBytes(planIso({ sizeBytes: 100 * MiB, areas: [ramDisk, ignition] }))).toBe(5 * MiB);
  });

  it('is one part for an image smaller than the least', () => {
    expect(planIso({ sizeBytes: 2 * MiB, areas: [{ offset: MiB, length: 10 }] })).toEqual([{ kind: 'edit', offset: 0, length: 2 * MiB }]);
  });

  it('keeps to the number of parts S3 takes', () => {
    const sizeBytes = 4 * 1024 * 1024 * MiB;
    expect(planIso({ sizeBytes, areas: [{ offset: sizeBytes / 2, length: 1 }] }).length).toBeLessThanOrEqual(10_000);
  });
});

function editedBytes(plan: PlannedPart[]): number {
  return plan.reduce((sum, part) => sum + (part.kind === 'edit' ? part.length : 0), 0);
}
