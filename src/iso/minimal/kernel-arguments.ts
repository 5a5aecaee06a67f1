import { z } from 'zod';
import { getExtent, hasFile, type IsoVolume, type ReadBytes } from '../format/read-volume';
import { ImageError } from '../image-error';
import { kernelArgumentDescriptorLength, kernelArgumentDescriptorOffset, parseKernelArgumentDescriptor } from '../kernel-argument-descriptor';

/** A place for kernel arguments in a boot loader's configuration: arguments, `end`, and `pad` up to the length of the area. */
export interface KernelArgumentArea {
  /** Of the configuration, as the image writes it. */
  path: string;
  /** In the configuration, in bytes. */
  offset: number;
  end: string;
  pad: string;
}

export interface KernelArguments {
  areaBytes: number;
  areas: KernelArgumentArea[];
  /** True when the image tells of them in coreos/kargs.json, false when only in its system area. */
  described: boolean;
}

export const kernelArgumentsPath = 'coreos/kargs.json';
/** Configurations of live images that have no such file, or no areas at all. */
export const knownConfigurations = ['EFI/redhat/grub.cfg', 'EFI/fedora/grub.cfg', 'EFI/centos/grub.cfg', 'boot/grub/grub.cfg', 'isolinux/isolinux.cfg'];

const description = z.object({
  default: z.string(),
  size: z.number().int().positive(),
  files: z.array(z.object({ path: z.string(), offset: z.number().int().nonnegative(), end: z.string().optional(), pad: z.string().optional() })),
});

/** Where an image keeps its kernel arguments; undefined for one of the time before there were areas for them. */
export async function findKernelArguments(volume: IsoVolume, read: ReadBytes): Promise<KernelArguments | undefined> {
  if (hasFile(volume, kernelArgumentsPath)) {
    const { size, files } = parseDescription((await readFile(volume, read, kernelArgumentsPath)).toString());
    return { areaBytes: size, described: true, areas: files.map(({ path, offset, end = '\n', pad = '#' }) => ({ path, offset, end, pad })) };
  }
  const descriptor = parseKernelArgumentDescriptor(await read(kernelArgumentDescriptorOffset, kernelArgumentDescriptorLength));
  if (!descriptor) return undefined;
  const areas = descriptor.offsets.map((offset): KernelArgumentArea => {
    const path = knownConfigurations.find((candidate) => {
      if (!hasFile(volume, candidate)) return false;
      const extent = getExtent(volume, candidate);
      return offset >= extent.offset && offset + descriptor.areaBytes <= extent.offset + extent.length;
    });
    if (path === undefined) throw new ImageError(`its area for kernel arguments at ${offset} lies in no configuration of a boot loader`);
    return { path, offset: offset - getExtent(volume, path).offset, end: '\n', pad: '#' };
  });
  return { areaBytes: descriptor.areaBytes, areas, described: false };
}

/** A file of an image, whole. */
export async function readFile(volume: IsoVolume, read: ReadBytes, path: string): Promise<Buffer> {
  const { offset, length } = getExtent(volume, path);
  return read(offset, length);
}

/** coreos/kargs.json for areas that moved and defaults that changed; everything else stays as it was. */
export function renderDescription(original: string, defaults: string, areas: readonly KernelArgumentArea[]): string {
  const { files, ...rest } = parseDescription(original);
  const moved = files.map((file) => ({ ...file, offset: areas.find(({ path }) => path === file.path)?.offset ?? file.offset }));
  return `${JSON.stringify({ ...rest, default: defaults, files: moved }, null, 4)}\n`;
}

function parseDescription(text: string): z.infer<typeof description> {
  try {
    return description.parse(JSON.parse(text));
  } catch (error) {
    throw new ImageError(`its ${kernelArgumentsPath} is damaged`, { cause: error });
  }
}
