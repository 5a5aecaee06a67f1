import { ImageError } from './image-error';

/** Room in a live image for something of ours; bytes from its start. */
export interface EmbedArea {
  offset: number;
  length: number;
}

/** Descriptors end the first 32 KiB, which ISO 9660 leaves to the system: the ignition's last, that of the RAM disk before it. */
export const descriptorOffset = 32_744;
export const descriptorLength = 24;
export const ramDiskDescriptorOffset = descriptorOffset - descriptorLength;
const magics = { ignition: 'coreiso+', ramDisk: 'ramdisk+' };
type AreaKind = keyof typeof magics;

/**
 * Reads the descriptor of the area for the ignition: 8 bytes `coreiso+`, then offset and length as 64-bit little-endian integers.
 * Throws ImageError when there is none or it points outside of the image.
 */
export function parseEmbedArea(descriptor: Uint8Array, imageSizeBytes: number): EmbedArea {
  const area = parseArea('ignition', descriptor, imageSizeBytes);
  if (!area) throw new ImageError('the base image has no embed area: it is not a CoreOS live image');
  return area;
}

/** The same for the RAM disk of a minimal image, by `ramdisk+`; undefined when there is none, as in every full image. */
export function parseRamDiskArea(descriptor: Uint8Array, imageSizeBytes: number): EmbedArea | undefined {
  return parseArea('ramDisk', descriptor, imageSizeBytes);
}

function parseArea(kind: AreaKind, descriptor: Uint8Array, imageSizeBytes: number): EmbedArea | undefined {
  const view = Buffer.from(descriptor.buffer, descriptor.byteOffset, descriptor.byteLength);
  if (view.length < descriptorLength || view.toString('latin1', 0, magics[kind].length) !== magics[kind]) return undefined;
  const [offset, length] = [view.readBigUInt64LE(8), view.readBigUInt64LE(16)];
  if (offset < descriptorOffset + descriptorLength || length === 0n || offset + length > BigInt(imageSizeBytes)) {
    throw new ImageError(`the base image is damaged: its embed area (offset ${offset}, length ${length}) lies outside of its ${imageSizeBytes} bytes`);
  }
  return { offset: Number(offset), length: Number(length) };
}

/** The descriptor of an area, as parseEmbedArea and parseRamDiskArea read it. */
export function formatEmbedArea({ offset, length }: EmbedArea, kind: AreaKind = 'ignition'): Buffer {
  const descriptor = Buffer.alloc(descriptorLength);
  descriptor.write(magics[kind], 0, 'latin1');
  descriptor.writeBigUInt64LE(BigInt(offset), 8);
  descriptor.writeBigUInt64LE(BigInt(length), 16);
  return descriptor;
}
