import { randomBytes } from 'node:crypto';
import { renderKernelArguments, type KernelArgumentFiles } from './kernel-arguments';

/** Content of a file: bytes, or so many bytes of noise behind a few given ones. */
export type Content = Buffer | { head: Buffer; randomBytes: number };

export interface LiveLayout {
  volumeId: string;
  files: Record<string, Content>;
  kernelArguments: KernelArgumentFiles;
}

export const ignitionImagePath = 'images/ignition.img';
const ignitionImageBytes = 256 * 1024;
const chunkBytes = 1024 * 1024;

/** The files every live image has, in the vendor's places; `boot` adds or replaces what only a bootable one has. */
export function layOutLiveImage({ rhcos, padMib, boot }: { rhcos: string; padMib: number; boot: Record<string, Buffer> }): LiveLayout {
  const volumeId = `rhcos-${rhcos}`.slice(0, 32);
  const kernelArguments = renderKernelArguments(volumeId);
  const texts: Record<string, string> = {
    ...kernelArguments.files,
    'coreos/igninfo.json': `${JSON.stringify({ file: ignitionImagePath })}\n`,
    'coreos/features.json': `${JSON.stringify({ 'installer-config': true, 'live-initrd-network': true })}\n`,
    'images/pxeboot/vmlinuz': 'This image has the layout of a live image, but no kernel.\n',
    'images/pxeboot/initrd.img': 'This image has the layout of a live image, but no RAM disk.\n',
  };
  return {
    volumeId,
    kernelArguments,
    files: {
      ...Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)])),
      'images/pxeboot/rootfs.img': { head: Buffer.from(`rootfs of ${volumeId}\n`), randomBytes: padMib * 1024 * 1024 },
      ...boot,
      [ignitionImagePath]: Buffer.alloc(ignitionImageBytes),
    },
  };
}

export function contentBytes(content: Content): number {
  return Buffer.isBuffer(content) ? content.length : content.head.length + content.randomBytes;
}

/** The bytes of a content in pieces of at most about a MiB, but for a content that is in memory anyway. */
export function* readContent(content: Content): Generator<Buffer> {
  if (Buffer.isBuffer(content)) {
    yield content;
    return;
  }
  yield content.head;
  for (let left = content.randomBytes; left > 0; left -= chunkBytes) yield randomBytes(Math.min(left, chunkBytes));
}
