import { ImageError } from './image-error';

/** Where a live image leaves room for a configuration; bytes from its start. */
export interface EmbedArea {
  offset: number;
  length: number;
}

/** The descriptor ends the first 32 KiB, which ISO 9660 leaves to the system. */
export const descriptorOffset = 32_744;
export const descriptorLength = 24;
const magic = 'coreiso+';

/**
 * Reads the descriptor of the area: 8 bytes `coreiso+`, then offset and length as 64-bit little-endian integers.
 * Throws ImageError when there is none or it points outside of the image.
 */
export function parseEmbedArea(descriptor: Uint8Array, imageSizeBytes: number): EmbedArea {
  const view = Buffer.from(descriptor.buffer, descriptor.byteOffset, descriptor.byteLength);
  if (view.length < descriptorLength || view.toString('latin1', 0, magic.length) !== magic) {
    throw new ImageError('the base image has no embed area: it is not a CoreOS live image');
  }
  const [offset, length] = [view.readBigUInt64LE(8), view.readBigUInt64LE(16)];
  if (offset < descriptorOffset + descriptorLength || length === 0n || offset + length > BigInt(imageSizeBytes)) {
    throw new ImageError(`the base image is damaged: its embed area (offset ${offset}, length ${length}) lies outside of its ${imageSizeBytes} bytes`);
  }
  return { offset: Number(offset), length: Number(length) };
}

/** The descriptor of an area, as parseEmbedArea reads it. */
export function formatEmbedArea({ offset, length }: EmbedArea): Buffer {
  const descriptor = Buffer.alloc(descriptorLength);
  descriptor.write(magic, 0, 'latin1');
  descriptor.writeBigUInt64LE(BigInt(offset), 8);
  descriptor.writeBigUInt64LE(BigInt(length), 16);
  return descriptor;
}
