import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const failedSuffix = '-failed';

/**
 * Runs work in a directory of its own, which nobody else can read. It goes when the work is done; that of work that failed stays for whoever
 * looks into it, as `<name>-failed`, the last few of them.
 */
export async function inWorkDir<T>({ root, name, keptFailures }: { root: string; name: string; keptFailures: number }, work: (dir: string) => Promise<T>): Promise<T> {
  const dir = join(root, name);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  try {
    const result = await work(dir);
    await rm(dir, { recursive: true, force: true });
    return result;
  } catch (error) {
    await rename(dir, `${dir}${failedSuffix}`);
    await dropOldFailures(root, keptFailures);
    throw error;
  }
}

async function dropOldFailures(root: string, kept: number): Promise<void> {
  const names = (await readdir(root)).filter((name) => name.endsWith(failedSuffix));
  const dated = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(root, name)).catch(() => undefined))?.ctimeMs ?? 0 })));
  const outdated = dated.sort((left, right) => right.at - left.at).slice(kept);
  for (const { name } of outdated) await rm(join(root, name), { recursive: true, force: true });
}
