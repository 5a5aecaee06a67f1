import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Program → Debian package that has it. */
const tools: Record<string, string> = {
  xorrisofs: 'xorriso',
  'grub-mkimage': 'grub-common',
  mmd: 'mtools',
  mcopy: 'mtools',
  'mkfs.vfat': 'dosfstools',
  zstd: 'zstd',
  'apt-get': 'apt',
  'apt-cache': 'apt',
  'dpkg-deb': 'dpkg',
};

/** PATH of an ordinary user often lacks the directories of mkfs. */
export const toolPath = [process.env.PATH ?? '', '/usr/sbin', '/sbin'].join(delimiter);

export interface MissingTools {
  programs: string[];
  /** One command that gets them all. */
  remedy: string;
}

/** Which programs that a bootable image takes are not on this machine; undefined when all are there. */
export async function findMissingTools(path: string = toolPath): Promise<MissingTools | undefined> {
  const checks = Object.keys(tools).map(async (program) => ((await isOnPath(program, path)) ? [] : [program]));
  const programs = (await Promise.all(checks)).flat();
  if (programs.length === 0) return undefined;
  const packages = [...new Set(programs.map((program) => tools[program]))];
  return { programs, remedy: `apt-get install -y --no-install-recommends ${packages.join(' ')}` };
}

async function isOnPath(program: string, path: string): Promise<boolean> {
  const found = await Promise.all(path.split(delimiter).filter((dir) => dir !== '').map((dir) =>
    access(join(dir, program), constants.X_OK).then(() => true, () => false)));
  return found.includes(true);
}
