import { open } from 'node:fs/promises';
import { listBlockDevices } from '../inventory/list-block-devices';
import { findLiveMedium, readMounts } from '../inventory/live-medium';
import type { Machine } from '../machine/machine';
import { readDevice } from '../machine/read-device';
import { type ImageSource, MediumUnreadable } from './image-source';

const chunkBytes = 1024 * 1024;

/** The live image on the medium the machine was started from. Throws when there is no such medium. */
export async function readLiveMedium(machine: Machine): Promise<ImageSource> {
  const devices = await listBlockDevices(machine);
  const name = await findLiveMedium(machine, devices, await readMounts(machine));
  const device = devices.find((candidate) => candidate.name === name);
  if (device === undefined) throw new Error('the machine was not started from a medium that can be written to a disk: start the agent with --image-url');
  const path = `/dev/${device.name}`;
  const sizeBytes = device.kind === 'rom' ? device.sizeBytes : await measureImage(machine, path, device.sizeBytes);
  let read = 0;

  async function* chunks(): AsyncGenerator<Buffer> {
    const medium = await open(`${machine.root}${path}`, 'r').catch((error: unknown) => Promise.reject(unreadable(path, error)));
    try {
      while (read < sizeBytes) {
        const wanted = Math.min(chunkBytes, sizeBytes - read);
        const { buffer, bytesRead } = await medium.read(Buffer.allocUnsafe(wanted), 0, wanted, read).catch((error: unknown) => Promise.reject(unreadable(path, error)));
        if (bytesRead === 0) throw new MediumUnreadable(`${path} ends after ${read} of ${sizeBytes} bytes`);
        read += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await medium.close();
    }
  }
  return { name: path, chunks: chunks(), sizeBytes, readBytes: () => read };
}

function unreadable(path: string, error: unknown): MediumUnreadable {
  return new MediumUnreadable(`${path}: ${error instanceof Error ? error.message : String(error)}`);
}

/** An image on a larger medium ends where its volume and the partitions of its boot record do. */
async function measureImage(machine: Machine, path: string, deviceBytes: number): Promise<number> {
  const head = await readDevice(machine, path, 0, 32_768 + 2_048);
  if (head.length < 32_768 + 2_048 || head.toString('latin1', 32_769, 32_774) !== 'CD001') throw new MediumUnreadable(`${path} holds no ISO 9660 volume`);
  const volumeEnd = head.readUInt32LE(32_768 + 80) * 2_048;
  const partitionEnds = [446, 462, 478, 494].map((at) => (head[at + 4] === 0 || head[at + 4] === 0xee ? 0 : (head.readUInt32LE(at + 8) + head.readUInt32LE(at + 12)) * 512));
  return Math.min(deviceBytes, Math.max(volumeEnd, ...partitionEnds));
}
