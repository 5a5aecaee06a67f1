import { ImageError } from '../image-error';
import type { KernelArgumentArea } from './kernel-arguments';

export interface EditedConfiguration {
  text: Buffer;
  /** The area at its new place; undefined when there was none. */
  area: KernelArgumentArea | undefined;
  /** The arguments that an area holds now. */
  arguments: string | undefined;
}

const grubInitrd = /^(\s*initrd(?:efi|16)?\s+\S[^\n]*)$/gm;
const isolinuxInitrd = /^(\s*append\s[^\n]*?\binitrd=)(\S+)/gm;
const kernelLine = /^(\s*(?:linux(?:efi|16)?\s+\S+|append)\s+)([^\n]*)$/gm;

/**
 * Changes the configuration of a boot loader of a live image so that it boots without a root file system on the disc: the
 * kernel is told where to fetch it, and a further RAM disk is loaded behind the others. Arguments in an area keep its length.
 */
export function editConfiguration(
  configuration: Buffer,
  { rootfsUrl, ramDiskPath, area, areaBytes }: { rootfsUrl: string; ramDiskPath: string; area: KernelArgumentArea | undefined; areaBytes: number },
): EditedConfiguration {
  // One character a byte: places in the text are places in the file.
  const text = configuration.toString('latin1');
  if (!area) return { text: bytesOf(addRamDisk(text.replace(kernelLine, (_, head: string, args: string) => head + withRootfs(args, rootfsUrl)), ramDiskPath)), area, arguments: undefined };
  const [head, old, tail] = [text.slice(0, area.offset), text.slice(area.offset, area.offset + areaBytes), text.slice(area.offset + areaBytes)];
  if (old.length < areaBytes) throw new ImageError(`its area for kernel arguments in ${area.path} lies outside of the file`);
  const filled = old.replace(new RegExp(`${escapePattern(area.pad)}+$`), '').trimEnd();
  const args = withRootfs(filled, rootfsUrl);
  if (args.length + area.end.length > areaBytes) throw new ImageError(`the kernel arguments with the address of the root file system do not fit: ${args.length} bytes, there is room for ${areaBytes - area.end.length}`);
  const padded = `${args}${area.end}`.padEnd(areaBytes, area.pad);
  const [newHead, newTail] = [addRamDisk(head, ramDiskPath), addRamDisk(tail, ramDiskPath)];
  return { text: bytesOf(newHead + padded + newTail), area: { ...area, offset: newHead.length }, arguments: args };
}

/** The live system looks for its root file system at this address instead of on the volume of this name. */
function withRootfs(args: string, rootfsUrl: string): string {
  const kept = args.split(' ').filter((arg) => !arg.startsWith('coreos.liveiso=') && !arg.startsWith('coreos.live.rootfs_url='));
  return [`coreos.live.rootfs_url=${rootfsUrl}`, ...kept.filter((arg) => arg !== '')].join(' ');
}

function addRamDisk(text: string, path: string): string {
  return text.replace(isolinuxInitrd, `$1$2,${path}`).replace(grubInitrd, `$1 ${path}`);
}

const escapePattern = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');
