import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Path of a file that is shipped with the service: it lies beside the folder of the sources, and beside that of the bundle. Throws when it is missing. */
export function findShipped(path: string): string {
  const candidates = ['../../', '../'].map((root) => fileURLToPath(new URL(root + path, import.meta.url)));
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found === undefined) throw new Error(`${path} is missing: it is shipped with the service.`);
  return found;
}
