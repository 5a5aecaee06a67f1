import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pack, type Pack } from 'tar-stream';
import type { ObjectContent, Store } from '../../store/store';
import { StoreError } from '../../store/store-error';

/** An object of the private bucket and its name in the archive. */
export interface ArchivedObject {
  key: string;
  name: string;
}

/**
 * A tar of objects, made while it is read: one object is open at a time, none is held in memory. Objects that went
 * meanwhile are left out; a storage that fails ends the stream with its error.
 */
export function tarObjects(store: Pick<Store, 'getObject'>, objects: readonly ArchivedObject[]): Readable {
  const archive = pack();
  fill(archive, store, objects).catch((error: unknown) => archive.destroy(error instanceof Error ? error : new Error('The archive could not be made.')));
  return Readable.from(archive, { objectMode: false });
}

async function fill(archive: Pack, store: Pick<Store, 'getObject'>, objects: readonly ArchivedObject[]): Promise<void> {
  for (const { key, name } of objects) {
    if (archive.destroyed) return;
    const object = await open(store, key);
    if (object) await addEntry(archive, name, object);
  }
  archive.finalize();
}

async function open(store: Pick<Store, 'getObject'>, key: string): Promise<ObjectContent | undefined> {
  try {
    return await store.getObject({ bucket: 'private', key });
  } catch (error) {
    if (error instanceof StoreError && error.type === 'NotFound') return undefined;
    throw error;
  }
}

async function addEntry(archive: Pack, name: string, { stream, contentLength, lastModified }: ObjectContent): Promise<void> {
  const free = (): unknown => stream.destroy();
  archive.once('close', free);
  try {
    const stored = new Promise<void>((resolve, reject) => {
      const entry = archive.entry({ name, size: contentLength, mode: 0o644, ...(lastModified && { mtime: lastModified }) }, (error) => (error ? reject(error) : resolve()));
      send(stream, entry).catch(reject);
    });
    await stored;
  } finally {
    archive.off('close', free);
    stream.destroy();
  }
}

async function send(stream: Readable, entry: NodeJS.WritableStream & { destroyed?: boolean }): Promise<void> {
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (entry.destroyed) return;
    if (!entry.write(chunk)) await Promise.race([once(entry, 'drain'), once(entry, 'close')]);
  }
  entry.end();
}
