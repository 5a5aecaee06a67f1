import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

export interface BaseImage {
  path: string;
  sha256: string;
  /** False: it has the layout of a live image, but no kernel. */
  bootable: boolean;
}

interface Note {
  inputs: string;
  sizeBytes: number;
  sha256: string;
  bootable: boolean;
}

const noteOf = (path: string) => `${path}.json`;

/** The image at a path, when it was made of just these inputs. */
export async function findImage(path: string, inputs: string): Promise<BaseImage | undefined> {
  try {
    const note = JSON.parse(await readFile(noteOf(path), 'utf8')) as Note;
    if (note.inputs !== inputs || (await stat(path)).size !== note.sizeBytes) return undefined;
    return { path, sha256: note.sha256, bootable: note.bootable };
  } catch {
    return undefined;
  }
}

/** Moves a complete image to its path and notes what it was made of. */
export async function keepImage(temporary: string, path: string, inputs: string, bootable: boolean): Promise<BaseImage> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(temporary, { highWaterMark: 1024 * 1024 }), hash);
  const sha256 = hash.digest('hex');
  const note: Note = { inputs, sizeBytes: (await stat(temporary)).size, sha256, bootable };
  await rename(temporary, path);
  await writeFile(noteOf(path), JSON.stringify(note));
  return { path, sha256, bootable };
}
