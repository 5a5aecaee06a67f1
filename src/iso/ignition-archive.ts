import { gzipSync } from 'node:zlib';
import { packCpio } from './cpio';

/** What the live system unpacks over its initial RAM disk: a gzipped cpio archive with the file config.ign. The same text gives the same bytes. */
export function packIgnition(config: string): Buffer {
  return gzipSync(packCpio([{ name: 'config.ign', mode: 0o100644, content: config }]), { level: 9 });
}
