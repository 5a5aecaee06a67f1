import { ImageError } from '../image-error';
import { firstDescriptorSector, sectorBytes, unpackRecords, type DirectoryRecord } from './iso9660';

/** Reads `length` bytes of an image from `offset`. */
export type ReadBytes = (offset: number, length: number) => Promise<Buffer>;

/** Where a file lies in an image, in bytes. */
export interface Extent {
  offset: number;
  length: number;
}

export interface IsoVolume {
  volumeId: string;
  /** It has a boot record (El Torito). */
  bootable: boolean;
  /** By path in upper case, as ISO 9660 has names, without version numbers. */
  files: Map<string, Extent>;
}

const rootRecordOffset = 156;
const descriptorTypes = { bootRecord: 0, primary: 1, end: 255 };
/** More than any image has: ends the reading of a damaged one. */
const limits = { descriptors: 64, directories: 10_000, directoryBytes: 4 * 1024 * 1024 };

/** Reads the directories of an ISO 9660 image (ECMA-119). Throws ImageError when it is none. */
export async function readVolume(read: ReadBytes): Promise<IsoVolume> {
  let bootable = false;
  let primary: Buffer | undefined;
  for (let sector = firstDescriptorSector; sector < firstDescriptorSector + limits.descriptors; sector++) {
    const descriptor = await read(sector * sectorBytes, sectorBytes);
    if (descriptor.toString('latin1', 1, 6) !== 'CD001') throw new ImageError('it is no ISO 9660 image');
    const type = descriptor.readUInt8(0);
    if (type === descriptorTypes.end) break;
    if (type === descriptorTypes.bootRecord) bootable ||= descriptor.toString('latin1', 7, 30) === 'EL TORITO SPECIFICATION';
    if (type === descriptorTypes.primary) primary ??= descriptor;
  }
  if (!primary) throw new ImageError('it has no primary volume descriptor');
  const files = new Map<string, Extent>();
  const [root] = unpackRecords(primary.subarray(rootRecordOffset, rootRecordOffset + 34));
  const pending = root ? [{ path: '', record: root }] : [];
  for (let count = 0; ; count++) {
    const next = pending.shift();
    if (!next) break;
    if (count >= limits.directories || next.record.sizeBytes > limits.directoryBytes) throw new ImageError('its directories are damaged');
    const directory = await read(next.record.sector * sectorBytes, next.record.sizeBytes);
    for (const record of unpackRecords(directory)) {
      const name = plainName(record);
      if (name === undefined) continue;
      const path = next.path === '' ? name : `${next.path}/${name}`;
      if (record.isDirectory) pending.push({ path, record });
      // A file of several extents has a record for each, one after the other.
      else files.set(path, extend(files.get(path), record));
    }
  }
  return { volumeId: primary.toString('latin1', 40, 72).trimEnd(), bootable, files };
}

function extend(known: Extent | undefined, { sector, sizeBytes }: DirectoryRecord): Extent {
  return known ? { offset: known.offset, length: known.length + sizeBytes } : { offset: sector * sectorBytes, length: sizeBytes };
}

/** Undefined for the records of the directory itself and its parent. */
function plainName({ name }: DirectoryRecord): string | undefined {
  if (name.length === 1 && (name[0] ?? 0) < 2) return undefined;
  return name.toString('latin1').replace(/;\d+$/, '').replace(/\.$/, '').toUpperCase();
}

/** Place of a file whatever the case of its name. Throws ImageError when there is none. */
export function getExtent(volume: Pick<IsoVolume, 'files'>, path: string): Extent {
  const extent = volume.files.get(nameOnVolume(volume, path));
  if (!extent) throw new ImageError(`it holds no ${path}`);
  return extent;
}

export const hasFile = (volume: Pick<IsoVolume, 'files'>, path: string): boolean => volume.files.has(nameOnVolume(volume, path));

/** The name that a file has on the volume: most live images cut them to eight characters and three (level 1 of ISO 9660). */
export function nameOnVolume({ files }: Pick<IsoVolume, 'files'>, path: string): string {
  const name = path.toUpperCase();
  const short = name.split('/').map(shorten).join('/');
  return !files.has(name) && files.has(short) ? short : name;
}

/** The level of ISO 9660 whose names the volume keeps to. */
export function nameLevel({ files }: Pick<IsoVolume, 'files'>): 1 | 3 {
  return [...files.keys()].every((path) => path.split('/').every((name) => name === shorten(name))) ? 1 : 3;
}

function shorten(name: string): string {
  const [base = '', extension] = name.split(/\.(?=[^.]*$)/);
  return extension === undefined ? base.slice(0, 8) : `${base.slice(0, 8)}.${extension.slice(0, 3)}`;
}
