import type { FileHandle } from 'node:fs/promises';
import { firstDescriptorSector, packRecord, sectorBytes, writeBoth16, writeBoth32 } from './iso9660';
import { planTree, type IsoDirectory, type IsoTree } from './iso-tree';
import { contentBytes, readContent, type Content } from './content';

/** Sectors: primary descriptor, terminator, path table in both byte orders, then the directories. */
const tableSectors = { little: firstDescriptorSector + 2, big: firstDescriptorSector + 3 };
const firstDirectorySector = firstDescriptorSector + 4;

/** Writes an ISO 9660 image (ECMA-119, level 2) of some files. It does not boot. */
export async function writeIso(handle: FileHandle, { volumeId, files }: { volumeId: string; files: Record<string, Content> }): Promise<void> {
  const tree = planTree(files, firstDirectorySector);
  const tables = [packPathTable(tree, false), packPathTable(tree, true)] as const;
  const put = async (sector: number, bytes: Buffer) => {
    if (bytes.length > sectorBytes) throw new Error('a directory of the image is larger than a sector');
    await handle.write(bytes, 0, bytes.length, sector * sectorBytes);
  };
  await put(firstDescriptorSector, packPrimaryDescriptor(volumeId, tree, tables[0].length));
  await put(firstDescriptorSector + 1, packDescriptor(255));
  await put(tableSectors.little, tables[0]);
  await put(tableSectors.big, tables[1]);
  for (const directory of tree.directories) await put(directory.sector, packDirectory(directory));
  for (const file of tree.files) {
    let position = file.sector * sectorBytes;
    for await (const chunk of readContent(file.content)) {
      await handle.write(chunk, 0, chunk.length, position);
      position += chunk.length;
    }
  }
  await handle.truncate(tree.sectors * sectorBytes);
}

function packDescriptor(type: number): Buffer {
  const descriptor = Buffer.alloc(sectorBytes);
  descriptor.writeUInt8(type, 0);
  descriptor.write('CD001', 1, 'latin1');
  descriptor.writeUInt8(1, 6);
  return descriptor;
}

function packPrimaryDescriptor(volumeId: string, tree: IsoTree, pathTableBytes: number): Buffer {
  const descriptor = packDescriptor(1);
  const text = (value: string, offset: number, length: number) => descriptor.write(value.slice(0, length).padEnd(length), offset, 'latin1');
  text('', 8, 32);
  text(volumeId, 40, 32);
  writeBoth32(descriptor, tree.sectors, 80);
  writeBoth16(descriptor, 1, 120);
  writeBoth16(descriptor, 1, 124);
  writeBoth16(descriptor, sectorBytes, 128);
  writeBoth32(descriptor, pathTableBytes, 132);
  descriptor.writeUInt32LE(tableSectors.little, 140);
  descriptor.writeUInt32BE(tableSectors.big, 148);
  descriptor.set(packRecord({ name: Buffer.from([0]), sector: firstDirectorySector, sizeBytes: sectorBytes, isDirectory: true }), 156);
  // Volume set, publisher, preparer, application, three file names: blank. Dates: 16 zeros as text and an offset of 0 mean "none".
  text('', 190, 623);
  for (const offset of [813, 830, 847, 864]) descriptor.write('0'.repeat(16), offset, 'latin1');
  descriptor.writeUInt8(1, 881);
  return descriptor;
}

function packPathTable(tree: IsoTree, bigEndian: boolean): Buffer {
  return Buffer.concat(tree.directories.map((directory) => {
    const name = directory.name === '' ? Buffer.from([0]) : Buffer.from(directory.name);
    const entry = Buffer.alloc(8 + name.length + (name.length % 2));
    const parent = directory.parent?.number ?? 1;
    entry.writeUInt8(name.length, 0);
    if (bigEndian) entry.writeUInt32BE(directory.sector, 2);
    else entry.writeUInt32LE(directory.sector, 2);
    if (bigEndian) entry.writeUInt16BE(parent, 6);
    else entry.writeUInt16LE(parent, 6);
    name.copy(entry, 8);
    return entry;
  }));
}

function packDirectory(directory: IsoDirectory): Buffer {
  const folder = (name: Buffer, { sector }: IsoDirectory) => packRecord({ name, sector, sizeBytes: sectorBytes, isDirectory: true });
  const entries = [
    ...directory.directories.map((child) => ({ name: child.name, record: folder(Buffer.from(child.name), child) })),
    ...directory.files.map(({ name, sector, content }) =>
      ({ name, record: packRecord({ name: Buffer.from(name), sector, sizeBytes: contentBytes(content), isDirectory: false }) })),
  ].sort((left, right) => (left.name < right.name ? -1 : 1));
  return Buffer.concat([folder(Buffer.from([0]), directory), folder(Buffer.from([1]), directory.parent ?? directory), ...entries.map(({ record }) => record)]);
}
