import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImageError } from '../../src/iso/image-error';
import { planFullIso, s3Limits, type PlannedPart } from '../../src/iso/plan-full-iso';

const MiB = 1024 * 1024;

const cases = fc
  .record({ sizeBytes: fc.integer({ min: 1, max: 400 }), minPartBytes: fc.integer({ min: 1, max: 60 }), copyPartBytes: fc.integer({ min: 1, max: 120 }) })
  .chain((fixed) => fc.integer({ min: 0, max: fixed.sizeBytes - 1 }).chain((offset) =>
    fc.integer({ min: 1, max: fixed.sizeBytes - offset }).chain((length) =>
      fc.integer({ min: 0, max: length }).map((payloadBytes) => ({ ...fixed, embedArea: { offset, length }, payloadBytes })))));

/** What the plan comes to, byte by byte: copies take the base, edits lay payload and zeros over the area. */
function carryOut(plan: PlannedPart[], base: Buffer, area: { offset: number; length: number }, payload: Buffer): Buffer {
  const overlay = Buffer.from(base);
  overlay.fill(0, area.offset, area.offset + area.length);
  payload.copy(overlay, area.offset);
  return Buffer.concat(plan.map(({ kind, offset, length }) => (kind === 'copy' ? base : overlay).subarray(offset, offset + length)));
}

describe('a plan', () => {
  it('makes exactly the image of the byte-level reference, of parts S3 takes', () => {
    fc.assert(fc.property(cases, ({ sizeBytes, embedArea, payloadBytes, minPartBytes, copyPartBytes }) => {
      const base = Buffer.alloc(sizeBytes, 0xbb);
      const payload = Buffer.alloc(payloadBytes, 0xaa);
      const plan = planFullIso({ sizeBytes, embedArea, payloadBytes }, { minPartBytes, copyPartBytes, maxParts: 10_000 });
      const expected = Buffer.from(base);
      for (let index = 0; index < embedArea.length; index++) expected[embedArea.offset + index] = payload[index] ?? 0;
      expect(carryOut(plan, base, embedArea, payload).equals(expected)).toBe(true);
      expect(plan.slice(0, -1).every(({ length }) => length >= minPartBytes)).toBe(true);
      expect(plan.every(({ length }) => length > 0)).toBe(true);
      expect(plan.filter(({ kind }) => kind === 'edit')).toHaveLength(1);
    }), { numRuns: 2_000 });
  });

  it('sends little through the service, wherever the area lies', () => {
    const sizeBytes = 1024 * MiB;
    const length = MiB / 4;
    for (const offset of [64 * 1024, 4.9 * MiB, 5 * MiB, 700 * MiB, sizeBytes - 5 * MiB, sizeBytes - length]) {
      const plan = planFullIso({ sizeBytes, embedArea: { offset: Math.floor(offset), length }, payloadBytes: 1 });
      const edited = plan.reduce((sum, part) => sum + (part.kind === 'edit' ? part.length : 0), 0);
      expect(edited).toBeLessThanOrEqual(5 * MiB + length);
      expect(plan.every((part) => part.length <= s3Limits.copyPartBytes)).toBe(true);
    }
  });

  it('keeps to the number of parts S3 takes', () => {
    const sizeBytes = 4 * 1024 * 1024 * MiB;
    expect(planFullIso({ sizeBytes, embedArea: { offset: sizeBytes / 2, length: 1 }, payloadBytes: 1 }).length).toBeLessThanOrEqual(10_000);
  });

  it('is refused when the payload is larger than the area', () => {
    expect(() => planFullIso({ sizeBytes: 100 * MiB, embedArea: { offset: MiB, length: 1000 }, payloadBytes: 1001 }))
      .toThrow(new ImageError('the configuration does not fit: 1001 bytes, the base image has room for 1000'));
  });
});
