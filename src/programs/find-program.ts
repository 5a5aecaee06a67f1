import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/**
 * Absolute path of a program, or undefined when there is none that this process may execute.
 * @param nameOrPath an absolute path, or a name that is looked for in the folders of `path`
 * @param path folders, separated by colons
 */
export function findProgram(nameOrPath: string, path: string): string | undefined {
  const candidates = isAbsolute(nameOrPath) ? [nameOrPath] : path.split(':').filter(isAbsolute).map((folder) => join(folder, nameOrPath));
  return candidates.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
