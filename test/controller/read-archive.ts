import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';

/** The files of a gzipped tar archive by name. */
export async function readArchive(archive: Uint8Array): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  for await (const entry of Readable.from([archive]).pipe(createGunzip()).pipe(extract())) files[entry.header.name] = await buffer(entry);
  return files;
}
