import type { FileHandle } from 'node:fs/promises';
import { descriptorOffset, formatEmbedArea } from '../../iso/embed-area';
import { findIsoFile } from './find-iso-file';
import { ignitionImagePath, type LiveLayout } from './live-layout';

const kernelArgumentsOffset = descriptorOffset - 72;
/** Places for areas in the descriptor; the unused ones are 0. */
const areaPlaces = 6;

/** Writes into the system area where the ignition goes and where the kernel arguments are, as tools for live images look for them. */
export async function writeDescriptors(handle: FileHandle, { kernelArguments }: LiveLayout): Promise<void> {
  const ignition = await getPlace(handle, ignitionImagePath);
  const offsets = await Promise.all(kernelArguments.areas.map(async ({ path, offset }) => (await getPlace(handle, path)).offset + offset));
  const numbers = [kernelArguments.areaBytes, offsets[0] ?? 0, ...offsets, ...Array<number>(areaPlaces - offsets.length).fill(0)];
  const descriptor = Buffer.alloc(8 + 8 * numbers.length);
  descriptor.write('coreKarg', 0, 'latin1');
  numbers.forEach((number, index) => descriptor.writeBigUInt64LE(BigInt(number), 8 + 8 * index));
  await handle.write(descriptor, 0, descriptor.length, kernelArgumentsOffset);
  const area = formatEmbedArea(ignition);
  await handle.write(area, 0, area.length, descriptorOffset);
}

async function getPlace(handle: FileHandle, path: string): Promise<{ offset: number; length: number }> {
  const place = await findIsoFile(handle, path);
  if (!place) throw new Error(`the image holds no ${path}`);
  return place;
}
