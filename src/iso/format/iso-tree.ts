import { sectorsOf } from './iso9660';
import { contentBytes, type Content } from './content';

export interface IsoFile {
  /** As on the disc. */
  name: string;
  content: Content;
  sector: number;
}

export interface IsoDirectory {
  name: string;
  /** Number of its entry in the path table, from 1. */
  number: number;
  parent: IsoDirectory | undefined;
  sector: number;
  directories: IsoDirectory[];
  files: IsoFile[];
}

export interface IsoTree {
  /** In the order of the path table: level by level. */
  directories: IsoDirectory[];
  /** In the order of their sectors. */
  files: IsoFile[];
  /** Sectors of the whole image. */
  sectors: number;
}

/** Gives every directory (one sector each) and file its place, the directories from `firstSector` on. Names become upper case, as ISO 9660 has them. */
export function planTree(files: Record<string, Content>, firstSector: number): IsoTree {
  const root: IsoDirectory = { name: '', number: 1, parent: undefined, sector: 0, directories: [], files: [] };
  for (const [path, content] of Object.entries(files)) {
    const names = path.toUpperCase().split('/');
    const fileName = names.pop() ?? '';
    const directory = names.reduce(enter, root);
    directory.files.push({ name: fileName.includes('.') ? `${fileName};1` : `${fileName}.;1`, content, sector: 0 });
  }
  const directories = [root];
  for (const directory of directories) directories.push(...directory.directories.sort(byName));
  let sector = firstSector;
  directories.forEach((directory, index) => {
    directory.number = index + 1;
    directory.sector = sector++;
    directory.files.sort(byName);
  });
  const all = directories.flatMap((directory) => directory.files);
  for (const file of all) {
    file.sector = sector;
    sector += sectorsOf(contentBytes(file.content));
  }
  return { directories, files: all, sectors: sector };
}

function enter(parent: IsoDirectory, name: string): IsoDirectory {
  const known = parent.directories.find((directory) => directory.name === name);
  if (known) return known;
  const created: IsoDirectory = { name, number: 0, parent, sector: 0, directories: [], files: [] };
  parent.directories.push(created);
  return created;
}

function byName(left: { name: string }, right: { name: string }): number {
  return left.name < right.name ? -1 : Number(left.name > right.name);
}
