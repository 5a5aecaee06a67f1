import { createWriteStream, openAsBlob } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';
import { addFile } from './pack-folder';

const type = 'application/gzip';

function packTexts(files: Readonly<Record<string, string>>): Pack {
  const archive = pack();
  for (const [name, text] of Object.entries(files)) archive.entry({ name }, text);
  return archive;
}

/** A gzipped tar archive of texts by name. */
export async function packFiles(files: Readonly<Record<string, string>>): Promise<Blob> {
  const archive = packTexts(files);
  archive.finalize();
  return new Blob([new Uint8Array(await buffer(archive.pipe(createGzip())))], { type });
}

/** The same with a file besides, by way of another, so that the archive is put together outside the memory. The archive is there as long as `target` is. */
export async function packWithFile(files: Readonly<Record<string, string>>, { name, path }: { name: string; path: string }, target: string): Promise<Blob> {
  const archive = packTexts(files);
  const written = pipeline(archive, createGzip(), createWriteStream(target, { mode: 0o600 }));
  const added = addFile(archive, { name, path, size: (await lstat(path)).size }).then(() => archive.finalize());
  await Promise.all([written, added]);
  return openAsBlob(target, { type });
}
