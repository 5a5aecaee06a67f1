import type { FileHandle } from 'node:fs/promises';
import { descriptorOffset, formatEmbedArea } from '../../iso/embed-area';
import { readHandle } from '../../iso/format/read-handle';
import { getExtent, readVolume } from '../../iso/format/read-volume';
import { formatKernelArgumentDescriptor, kernelArgumentDescriptorOffset } from '../../iso/kernel-argument-descriptor';
import { ignitionImagePath, type LiveLayout } from './live-layout';

/** Writes into the system area where the ignition goes and where the kernel arguments are, as tools for live images look for them. */
export async function writeDescriptors(handle: FileHandle, { kernelArguments }: LiveLayout): Promise<void> {
  const volume = await readVolume(readHandle(handle));
  const offsets = kernelArguments.areas.map(({ path, offset }) => getExtent(volume, path).offset + offset);
  const descriptor = formatKernelArgumentDescriptor({ areaBytes: kernelArguments.areaBytes, defaultOffset: offsets[0] ?? 0, offsets });
  await handle.write(descriptor, 0, descriptor.length, kernelArgumentDescriptorOffset);
  const area = formatEmbedArea(getExtent(volume, ignitionImagePath));
  await handle.write(area, 0, area.length, descriptorOffset);
}
