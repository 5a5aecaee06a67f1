import { describe, expect, it } from 'vitest';
import { listSourceFiles } from './source-files';

/** Catalogues list facts; their length says nothing. */
const catalogues = ['src/domain/events/catalog.ts'];

const files = listSourceFiles().filter((file) => !catalogues.includes(file.path));
const sizes = files.map((file) => file.lines).sort((a, b) => a - b);
const share = (part: number): number => sizes[Math.floor(sizes.length * part)] ?? 0;

describe('source files', () => {
  it('are small: median at most 80 lines, nine of ten under 220, none over 400', () => {
    expect(share(0.5)).toBeLessThanOrEqual(80);
    expect(share(0.9)).toBeLessThan(220);
    expect(files.filter((file) => file.lines > 400).map((file) => file.path)).toEqual([]);
  });

  it('have names in kebab case, or that of the operation they serve', () => {
    const odd = files.filter((file) => !/^(?:[a-z0-9-]+\/)*(?:[a-z0-9]+(?:-[a-z0-9]+)*)\.ts$/.test(file.path) && !/^src\/api\/routes\/v1\/[a-z-]+\/[A-Z]\w+\.ts$/.test(file.path));
    expect(odd.map((file) => file.path)).toEqual([]);
  });

  it('leave nothing for later', () => {
    const marks = new RegExp(['TO', 'DO|FIX', 'ME|X', 'XX|not imple', 'mented'].join(''));
    expect(files.filter((file) => marks.test(file.text)).map((file) => file.path)).toEqual([]);
  });
});
