import { describe, expect, it } from 'vitest';
import { formatEmbedArea, parseEmbedArea } from '../../src/iso/embed-area';
import { ImageError } from '../../src/iso/image-error';

describe('the descriptor of the embed area', () => {
  it('is read as written, also beyond 4 GiB', () => {
    const area = { offset: 5 * 2 ** 32 + 7, length: 262_144 };
    const descriptor = formatEmbedArea(area);
    expect(descriptor.toString('hex')).toBe(`${Buffer.from('coreiso+').toString('hex')}0700000005000000` + '0000040000000000');
    expect(parseEmbedArea(descriptor, area.offset + area.length)).toEqual(area);
  });

  it.each([
    ['is absent', Buffer.alloc(24), 1e9],
    ['is cut off', formatEmbedArea({ offset: 40_000, length: 10 }).subarray(0, 20), 1e9],
    ['points beyond the image', formatEmbedArea({ offset: 40_000, length: 10 }), 40_009],
    ['points into the system area', formatEmbedArea({ offset: 32_000, length: 10 }), 1e9],
    ['has no room', formatEmbedArea({ offset: 40_000, length: 0 }), 1e9],
  ])('that %s is refused', (_, descriptor, size) => {
    expect(() => parseEmbedArea(descriptor, size)).toThrow(ImageError);
  });
});
