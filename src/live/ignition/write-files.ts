import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { IgnitionConfig } from '../../domain/ignition/ignition-config';
import { decodeSource } from './decode-source';

/** Writes the files of a configuration below `root`, all of them root's; answers their paths. Accounts, links and disks are left alone. */
export async function writeFiles({ storage }: IgnitionConfig, root: string): Promise<string[]> {
  const files = storage?.files ?? [];
  for (const { path, mode = 0o644, contents = {}, append = [] } of files) {
    const target = `${root}${path}`;
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, decodeSource(contents), { mode });
    for (const part of append) await writeFile(target, decodeSource(part), { flag: 'a' });
    await chmod(target, mode);
  }
  return files.map(({ path }) => path);
}
