import { descriptorOffset } from './embed-area';

export const kernelArgumentDescriptorOffset = descriptorOffset - 72;
/** Its last 24 bytes are those of the RAM disk's descriptor in a minimal image. */
export const kernelArgumentDescriptorLength = 72;
const magic = 'coreKarg';
const places = 6;

/** Where tools for live images edit kernel arguments in place; offsets in bytes from the start of the image. */
export interface KernelArgumentDescriptor {
  areaBytes: number;
  /** An area that holds the default arguments. */
  defaultOffset: number;
  offsets: number[];
}

/** Reads 8 bytes `coreKarg`, the length of an area, the offset of the defaults and of up to six areas, 64-bit little-endian; 0 ends them. */
export function parseKernelArgumentDescriptor(descriptor: Buffer): KernelArgumentDescriptor | undefined {
  if (descriptor.toString('latin1', 0, magic.length) !== magic) return undefined;
  const numbers = Array.from({ length: 2 + places }, (_, index) => Number(descriptor.readBigUInt64LE(magic.length + 8 * index)));
  const [areaBytes = 0, defaultOffset = 0, ...offsets] = numbers;
  const end = offsets.indexOf(0);
  return { areaBytes, defaultOffset, offsets: end < 0 ? offsets : offsets.slice(0, end) };
}

export function formatKernelArgumentDescriptor({ areaBytes, defaultOffset, offsets }: KernelArgumentDescriptor): Buffer {
  const descriptor = Buffer.alloc(kernelArgumentDescriptorLength);
  descriptor.write(magic, 0, 'latin1');
  [areaBytes, defaultOffset, ...offsets].forEach((number, index) => descriptor.writeBigUInt64LE(BigInt(number), magic.length + 8 * index));
  return descriptor;
}
