export const sectorBytes = 2048;
/** Sectors before the volume descriptors are the system area. */
export const firstDescriptorSector = 16;

/** A directory record (ECMA-119 9.1): an entry of a directory. */
export interface DirectoryRecord {
  /** As on the disc: upper case, files with `;1`; one byte 0 for the directory itself, 1 for its parent. */
  name: Buffer;
  sector: number;
  sizeBytes: number;
  isDirectory: boolean;
}

const fixedBytes = 33;
const directoryFlag = 2;
/** 1970-01-01 00:00:00 UTC: equal inputs give equal bytes. */
const recordedAt = Buffer.from([70, 1, 1, 0, 0, 0, 0]);

export function packRecord({ name, sector, sizeBytes, isDirectory }: DirectoryRecord): Buffer {
  const record = Buffer.alloc(fixedBytes + name.length + ((name.length + 1) % 2));
  record.writeUInt8(record.length, 0);
  writeBoth32(record, sector, 2);
  writeBoth32(record, sizeBytes, 10);
  recordedAt.copy(record, 18);
  record.writeUInt8(isDirectory ? directoryFlag : 0, 25);
  writeBoth16(record, 1, 28);
  record.writeUInt8(name.length, 32);
  name.copy(record, fixedBytes);
  return record;
}

/** The records of a directory's sectors; none crosses a border of sectors, the rest of a sector is zero. */
export function* unpackRecords(directory: Buffer): Generator<DirectoryRecord> {
  let offset = 0;
  while (offset < directory.length) {
    const length = directory.readUInt8(offset);
    if (length === 0) {
      offset = (Math.floor(offset / sectorBytes) + 1) * sectorBytes;
      continue;
    }
    const nameBytes = directory.readUInt8(offset + 32);
    yield {
      name: directory.subarray(offset + fixedBytes, offset + fixedBytes + nameBytes),
      sector: directory.readUInt32LE(offset + 2),
      sizeBytes: directory.readUInt32LE(offset + 10),
      isDirectory: (directory.readUInt8(offset + 25) & directoryFlag) !== 0,
    };
    offset += length;
  }
}

/** Little-endian, then big-endian. */
export function writeBoth32(target: Buffer, value: number, offset: number): void {
  target.writeUInt32LE(value, offset);
  target.writeUInt32BE(value, offset + 4);
}

export function writeBoth16(target: Buffer, value: number, offset: number): void {
  target.writeUInt16LE(value, offset);
  target.writeUInt16BE(value, offset + 2);
}

export function sectorsOf(bytes: number): number {
  return Math.ceil(bytes / sectorBytes);
}
