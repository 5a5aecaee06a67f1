import type { FileHandle } from 'node:fs/promises';
import { firstDescriptorSector, sectorBytes, unpackRecords, type DirectoryRecord } from './iso9660';

const rootRecordOffset = 156;

/** Place of a file in an ISO 9660 image, in bytes; undefined when it is not there. Names match whatever their case. */
export async function findIsoFile(handle: FileHandle, path: string): Promise<{ offset: number; length: number } | undefined> {
  const descriptor = await read(handle, firstDescriptorSector * sectorBytes, sectorBytes);
  if (descriptor.toString('latin1', 1, 6) !== 'CD001') throw new Error('not an ISO 9660 image');
  let [record] = unpackRecords(descriptor.subarray(rootRecordOffset, rootRecordOffset + 34));
  for (const name of path.split('/')) {
    if (!record?.isDirectory) return undefined;
    record = await findEntry(handle, record, name.toUpperCase());
  }
  return record && !record.isDirectory ? { offset: record.sector * sectorBytes, length: record.sizeBytes } : undefined;
}

async function findEntry(handle: FileHandle, directory: DirectoryRecord, name: string): Promise<DirectoryRecord | undefined> {
  for (const record of unpackRecords(await read(handle, directory.sector * sectorBytes, directory.sizeBytes))) {
    const plain = record.name.toString('latin1').replace(/;\d+$/, '').replace(/\.$/, '').toUpperCase();
    if (plain === name) return record;
  }
  return undefined;
}

async function read(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  await handle.read(bytes, 0, length, offset);
  return bytes;
}
