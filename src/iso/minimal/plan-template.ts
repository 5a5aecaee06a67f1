import type { EmbedArea } from '../embed-area';
import { getExtent, hasFile, readVolume, type Extent, type IsoVolume, type ReadBytes } from '../format/read-volume';
import { ImageError } from '../image-error';
import { editConfiguration, type EditedConfiguration } from './edit-configuration';
import { findKernelArguments, kernelArgumentsPath, knownConfigurations, readFile, renderDescription, type KernelArgumentArea } from './kernel-arguments';

export const rootfsPath = 'images/pxeboot/rootfs.img';
export const ramDiskPath = 'images/assisted_installer_custom.img';
/** Room for the files that a minimal image gives its live system beside the ignition. */
export const ramDiskBytes = 1024 * 1024;

/** What a minimal image keeps, leaves out and changes of its base. */
export interface TemplatePlan {
  volume: IsoVolume;
  rootfs: Extent;
  /** Files that are new or changed, by path. */
  replaced: Map<string, Buffer>;
  /** The file that holds the embed area, and where in it. */
  ignition: { path: string; offset: number; length: number };
  kernelArguments: { areaBytes: number; areas: KernelArgumentArea[] } | undefined;
}

/** Plans the minimal image of a base. Throws ImageError when the base has not the layout of a live image. */
export async function planTemplate(read: ReadBytes, embedArea: EmbedArea, rootfsUrl: string): Promise<TemplatePlan> {
  const volume = await readVolume(read);
  const rootfs = getExtent(volume, rootfsPath);
  const found = await findKernelArguments(volume, read);
  const paths = new Set([...(found?.areas.map(({ path }) => path) ?? []), ...knownConfigurations.filter((path) => hasFile(volume, path))]);
  if (paths.size === 0) throw new ImageError('it has no configuration of a boot loader that is known');
  const edited = new Map<string, EditedConfiguration>();
  for (const path of paths) {
    const area = found?.areas.find((candidate) => candidate.path === path);
    edited.set(path, editConfiguration(await readFile(volume, read, path), { rootfsUrl, ramDiskPath: `/${ramDiskPath}`, area, areaBytes: found?.areaBytes ?? 0 }));
  }
  const replaced = new Map([...edited].map(([path, { text }]) => [path, text]));
  replaced.set(ramDiskPath, Buffer.alloc(ramDiskBytes));
  const areas = [...edited.values()].flatMap(({ area }) => area ?? []);
  if (found?.described) {
    const defaults = [...edited.values()].find((configuration) => configuration.arguments !== undefined)?.arguments ?? '';
    replaced.set(kernelArgumentsPath, Buffer.from(renderDescription((await readFile(volume, read, kernelArgumentsPath)).toString(), defaults, areas)));
  }
  return { volume, rootfs, replaced, ignition: findIgnition(volume, embedArea), kernelArguments: found && { areaBytes: found.areaBytes, areas } };
}

function findIgnition(volume: IsoVolume, { offset, length }: EmbedArea): TemplatePlan['ignition'] {
  for (const [path, extent] of volume.files) {
    if (offset >= extent.offset && offset + length <= extent.offset + extent.length) return { path, offset: offset - extent.offset, length };
  }
  throw new ImageError('its embed area lies in no file');
}
