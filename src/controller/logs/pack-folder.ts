import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';

class TooLarge extends Error {}

/** The regular files below a folder, by the path there; links are not followed. */
async function listFiles(folder: string): Promise<{ name: string; path: string; size: number }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name)).sort();
  return Promise.all(files.map(async (path) => ({ path, name: relative(folder, path), size: (await lstat(path)).size })));
}

/** Adds a file as it was when it was measured: one that grows does not break the archive. */
export async function addFile(archive: Pack, { name, path, size }: { name: string; path: string; size: number }): Promise<void> {
  if (size === 0) archive.entry({ name }, '');
  else await pipeline(createReadStream(path, { end: size - 1 }), archive.entry({ name, size }));
}

/** Packs the files below a folder into a gzipped tar archive, unless there are none or it would have more bytes than that. */
export async function packFolder(folder: string, target: string, maxBytes: number): Promise<'packed' | 'empty' | 'too-large'> {
  const files = await listFiles(folder);
  if (files.length === 0) return 'empty';
  const archive = pack();
  const limited = async function* (source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    let bytes = 0;
    for await (const chunk of source) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new TooLarge();
      yield chunk;
    }
  };
  const written = pipeline(archive, createGzip(), limited, createWriteStream(target, { mode: 0o600 }));
  const added = (async () => {
    for (const file of files) await addFile(archive, file);
    archive.finalize();
  })();
  const [end] = await Promise.allSettled([written, added]);
  if (end.status === 'fulfilled') {
    await added;
    return 'packed';
  }
  if (end.reason instanceof TooLarge) return 'too-large';
  throw end.reason;
}
