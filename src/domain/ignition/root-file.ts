import { toDataUrl } from './data-url';
import type { IgnitionFile } from './ignition-config';

/** A file of root's that replaces one of its path. */
export function rootFile(path: string, mode: number, content: string): IgnitionFile {
  return { path, mode, overwrite: true, user: { name: 'root' }, contents: { source: toDataUrl(content) } };
}
