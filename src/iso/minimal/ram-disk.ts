import { posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packCpio, type CpioEntry } from '../cpio';
import { proxyEnvironment } from '../ignition/unit-environment';
import type { LiveFile } from '../static-network/static-network-files';

const fileType = 0o100000;
const directoryMode = 0o040755;

/**
 * What a live system unpacks over its initial RAM disk: a gzipped cpio archive of the files, each directory before what is in
 * it. The same files give the same bytes; no files give none.
 */
export function packRamDisk(files: readonly LiveFile[]): Buffer {
  if (files.length === 0) return Buffer.alloc(0);
  const entries = new Map<string, CpioEntry>();
  for (const { path, mode, content } of [...files].sort((left, right) => (left.path < right.path ? -1 : 1))) {
    const name = posix.normalize(path).replace(/^\/+/, '');
    for (const parent of parentsOf(name)) if (!entries.has(parent)) entries.set(parent, { name: parent, mode: directoryMode });
    entries.set(name, { name, mode: fileType | mode, content });
  }
  return gzipSync(packCpio([...entries.values()]), { level: 9 });
}

/** From the root downwards. */
function parentsOf(name: string): string[] {
  const parent = posix.dirname(name);
  return parent === '.' ? [] : [...parentsOf(parent), parent];
}

/** Lets the live system fetch its root file system through the cluster's proxies; nothing without one. Throws IgnitionError. */
export function proxyFiles(proxies: Parameters<typeof proxyEnvironment>[0]): LiveFile[] {
  if (proxies.httpProxy === '' && proxies.httpsProxy === '') return [];
  const content = `[Service]\n${proxyEnvironment(proxies).join('\n')}\n`;
  return [{ path: '/etc/systemd/system/coreos-livepxe-rootfs.service.d/10-proxy.conf', mode: 0o664, content }];
}
