import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';

/** A gzipped tar archive of texts by name. */
export async function packFiles(files: Readonly<Record<string, string>>): Promise<Blob> {
  const archive = pack();
  for (const [name, text] of Object.entries(files)) archive.entry({ name }, text);
  archive.finalize();
  return new Blob([new Uint8Array(await buffer(archive.pipe(createGzip())))], { type: 'application/gzip' });
}
