import { randomBytes } from 'node:crypto';
import { descriptorOffset, formatEmbedArea } from '../../src/iso/embed-area';

const volume = { start: 32_768, blockBytes: 2_048 };

/** Random bytes that begin as a live image does: with a descriptor of the embed area, and of a volume as large as they are. */
export function makeLiveImage(sizeBytes: number): Buffer {
  const image = randomBytes(sizeBytes);
  formatEmbedArea({ offset: 36_864, length: 1_024 }).copy(image, descriptorOffset);
  image.write('\u0001CD001\u0001', volume.start, 'latin1');
  image.writeUInt32LE(Math.floor(sizeBytes / volume.blockBytes), volume.start + 80);
  image.writeUInt16LE(volume.blockBytes, volume.start + 128);
  return image;
}
