import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../tools/run-command';

const loader = 'lib64/ld-linux-x86-64.so.2';
const folders = ['lib/x86_64-linux-gnu', 'usr/lib/x86_64-linux-gnu'];

/**
 * Which libraries programs need: path in the live system → file that goes there. They are the packages' own; one that no package
 * brings is this machine's. Throws when there is none at all.
 */
export async function findLibraries(programs: readonly string[], root: string): Promise<Record<string, string>> {
  const from = await findLoader(root);
  const search = [root, ''].flatMap((base) => folders.map((folder) => `${base}/${folder}`)).join(':');
  const found: Record<string, string> = { [loader]: from };
  for (const program of programs) {
    const output = await runCommand(from, ['--library-path', search, '--list', program], { timeoutMs: 30_000 });
    for (const [, name = '', path = ''] of output.matchAll(/^\s*(\S+) => (.+?)(?: \(0x[0-9a-f]+\))?$/gm)) {
      if (path === 'not found') throw new Error(`${program} needs ${name}, which is nowhere`);
      if (!name.includes('ld-linux')) found[`${folders[0] ?? ''}/${name}`] = path;
    }
  }
  return found;
}

/** Of merged and of older roots. */
async function findLoader(root: string): Promise<string> {
  for (const path of [...folders.map((folder) => `${folder}/ld-linux-x86-64.so.2`), loader]) {
    const file = join(root, path);
    if (await access(file).then(() => true, () => false)) return file;
  }
  throw new Error('the packages bring no loader of shared libraries');
}
