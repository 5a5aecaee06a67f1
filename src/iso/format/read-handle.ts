import type { FileHandle } from 'node:fs/promises';
import type { ReadBytes } from './read-volume';

/** Reads an image that lies in a file; what lies behind its end is zero. */
export function readHandle(handle: FileHandle): ReadBytes {
  return async (offset, length) => {
    const bytes = Buffer.alloc(length);
    await handle.read(bytes, 0, length, offset);
    return bytes;
  };
}
