import { randomBytes } from 'node:crypto';
import type { Content } from '../../iso/format/content';
import { renderKernelArguments, type KernelArgumentFiles } from './kernel-arguments';

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
      'images/pxeboot/rootfs.img': padded(Buffer.from(`rootfs of ${volumeId}\n`), padMib * 1024 * 1024),
      ...boot,
      [ignitionImagePath]: Buffer.alloc(ignitionImageBytes),
    },
  };
}

/** The given bytes and so much noise behind them. */
function padded(head: Buffer, noiseBytes: number): Content {
  return {
    bytes: head.length + noiseBytes,
    *read() {
      yield head;
      for (let left = noiseBytes; left > 0; left -= chunkBytes) yield randomBytes(Math.min(left, chunkBytes));
    },
  };
}
