import { createHash } from 'node:crypto';
import { mkdtemp, open, rm, stat, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baseImageAddress } from '../base-image';
import { descriptorOffset, formatEmbedArea, ramDiskDescriptorOffset } from '../embed-area';
import { readHandle } from '../format/read-handle';
import { getExtent, readVolume, type ReadBytes } from '../format/read-volume';
import { ImageError } from '../image-error';
import type { ImageAddress, ImageStore } from '../image-store';
import { createBaseImageInspector } from '../inspect-base-image';
import { formatKernelArgumentDescriptor, kernelArgumentDescriptorLength, kernelArgumentDescriptorOffset } from '../kernel-argument-descriptor';
import { planTemplate, ramDiskPath, type TemplatePlan } from './plan-template';
import { writeBootableTemplate, writePlainTemplate, type RunTool } from './write-template';

/** Raised when templates come out differently: those of the former number are made anew. */
const templateFormat = 1;
/** More places would reach into the descriptor of the RAM disk. */
const legacyAreas = 2;

/** The public object that holds the minimal image of an RHCOS version, without anything of a cluster. */
export function minimalTemplateAddress(rhcosVersion: string): ImageAddress {
  return { bucket: 'public', key: `rhcos-${rhcosVersion}-minimal.iso` };
}

type TemplateStore = Pick<ImageStore, 'headObject' | 'readRange' | 'uploadFile'>;

/**
 * Publishes the minimal image of a version unless one of the same base and address of the root file system is there. Throws
 * BaseImageMissing without the base, ImageError when trying again cannot help.
 */
export async function ensureMinimalTemplate(
  store: TemplateStore,
  { rhcosVersion, rootfsUrl }: { rhcosVersion: string; rootfsUrl: string },
  run: RunTool,
  signal: AbortSignal,
): Promise<{ key: string; sizeBytes: number; made: boolean }> {
  if (!/^https?:\/\/\S+$/.test(rootfsUrl)) throw new ImageError('rhcos_rootfs is no http or https address, from which a minimal image could fetch its root file system');
  const [base, target] = [baseImageAddress(rhcosVersion), minimalTemplateAddress(rhcosVersion)];
  const { sizeBytes, etag, embedArea } = await createBaseImageInspector(store)(base, { signal });
  const origin = createHash('sha256').update(JSON.stringify([templateFormat, etag, sizeBytes, rootfsUrl])).digest('hex');
  const present = await store.headObject(target, { signal });
  if (present?.origin === origin) return { key: target.key, sizeBytes: present.sizeBytes, made: false };

  const read: ReadBytes = async (offset, length) => Buffer.from(await store.readRange(base, { offset, length, etag }, { signal }));
  const plan = await planTemplate(read, embedArea, rootfsUrl);
  const workDir = await mkdtemp(join(tmpdir(), 'minimal-image-'));
  try {
    const file = join(workDir, 'minimal.iso');
    if (plan.volume.bootable) await writeBootableTemplate(file, plan, { read, sizeBytes, signal, run }, workDir);
    const handle = await open(file, plan.volume.bootable ? 'r+' : 'w+');
    try {
      if (!plan.volume.bootable) await writePlainTemplate(handle, plan, { read, sizeBytes, signal, run });
      await writeDescriptors(handle, plan);
    } finally {
      await handle.close();
    }
    await store.uploadFile(target, file, { signal, soleMaker: true, contentType: 'application/x-iso9660-image', origin });
    return { key: target.key, sizeBytes: (await stat(file)).size, made: true };
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

/** Tells where the areas of the image lie that was written. */
async function writeDescriptors(handle: FileHandle, { ignition, kernelArguments }: TemplatePlan): Promise<void> {
  const volume = await readVolume(readHandle(handle));
  const put = (bytes: Buffer, offset: number) => handle.write(bytes, 0, bytes.length, offset);
  const offsets = kernelArguments?.areas.map(({ path, offset }) => getExtent(volume, path).offset + offset) ?? [];
  const told = kernelArguments !== undefined && offsets.length <= legacyAreas;
  const descriptor = told ? formatKernelArgumentDescriptor({ areaBytes: kernelArguments.areaBytes, defaultOffset: offsets[0] ?? 0, offsets }) : Buffer.alloc(kernelArgumentDescriptorLength);
  await put(descriptor, kernelArgumentDescriptorOffset);
  await put(formatEmbedArea(getExtent(volume, ramDiskPath), 'ramDisk'), ramDiskDescriptorOffset);
  await put(formatEmbedArea({ offset: getExtent(volume, ignition.path).offset + ignition.offset, length: ignition.length }), descriptorOffset);
}
