import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { descriptorLength, descriptorOffset, parseEmbedArea } from '../../iso/embed-area';
import { packIgnition } from '../../iso/ignition-archive';
import { spareMemory } from '../machine/spare-memory';
import type { ImageSource } from './image-source';

const reportedPercent = 5;
const headBytes = descriptorOffset + descriptorLength;

export interface ImageTarget {
  /** Path of the disk in this system; undefined reads and checks the image only. */
  path: string | undefined;
  name: string;
  sizeBytes: number;
}

/**
 * Writes an image to a disk and the ignition into the area that live images leave for it. `report` is told every five percent
 * and is waited for. Nothing is written before it is known that the image has such an area.
 */
export async function writeImage(source: ImageSource, ignition: string, target: ImageTarget, report: (percent: number) => Promise<void>): Promise<void> {
  if ((source.sizeBytes ?? 0) > target.sizeBytes) throw new Error(`${target.name} is too small for ${source.name}: ${target.sizeBytes} of ${source.sizeBytes} bytes`);
  // Exclusive: the kernel refuses it for a device that is in use.
  const disk = target.path === undefined ? undefined : await open(target.path, constants.O_RDWR | constants.O_EXCL);
  try {
    const archive = packIgnition(ignition);
    const { head, written } = await copy(source, target, disk, report, archive.length);
    await embed(head, written, archive, source.name, disk);
    await disk?.sync();
    await report(100);
  } finally {
    await disk?.close();
  }
}

async function copy(source: ImageSource, target: ImageTarget, disk: FileHandle | undefined, report: (percent: number) => Promise<void>, archiveBytes: number): Promise<{ head: Buffer; written: number }> {
  let head = Buffer.alloc(0);
  let waiting: Buffer[] = [];
  let written = 0;
  let reported = 0;
  const tellPassed = spareMemory();
  for await (const chunk of source.chunks) {
    if (head.length < headBytes) {
      head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
      waiting.push(chunk);
      if (head.length < headBytes) continue;
      checkRoom(head, source, archiveBytes);
    } else waiting = [chunk];
    for (const piece of waiting) {
      if (written + piece.length > target.sizeBytes) throw new Error(`${target.name} is too small for ${source.name}: it has ${target.sizeBytes} bytes`);
      await writeAll(disk, piece, written);
      written += piece.length;
    }
    waiting = [];
    tellPassed(chunk.length);
    // The last five percent are the configuration's and the disk's own caches'.
    const percent = source.sizeBytes === undefined ? 0 : Math.min(95, Math.floor((source.readBytes() / source.sizeBytes) * (100 / reportedPercent)) * reportedPercent);
    while (reported < percent) {
      reported += reportedPercent;
      await disk?.datasync();
      await report(reported);
    }
  }
  return { head, written };
}

function checkRoom(head: Buffer, source: ImageSource, archiveBytes: number): void {
  const area = parseEmbedArea(head.subarray(descriptorOffset), Number.MAX_SAFE_INTEGER);
  if (archiveBytes > area.length) throw new Error(`the ignition takes ${archiveBytes} bytes, and ${source.name} has room for ${area.length}`);
}

async function embed(head: Buffer, imageBytes: number, archive: Buffer, name: string, disk: FileHandle | undefined): Promise<void> {
  if (head.length < headBytes) throw new Error(`${name} is no image: it ends after ${imageBytes} bytes`);
  const { offset, length } = parseEmbedArea(head.subarray(descriptorOffset), imageBytes);
  const area = Buffer.concat([archive, Buffer.alloc(length - archive.length)]);
  await writeAll(disk, area, offset);
  if (disk === undefined) return;
  const { buffer } = await disk.read(Buffer.alloc(length), 0, length, offset);
  if (!buffer.equals(area)) throw new Error('the disk does not give back the ignition that was written to it');
}

async function writeAll(disk: FileHandle | undefined, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; disk !== undefined && done < bytes.length; ) {
    done += (await disk.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  }
}
