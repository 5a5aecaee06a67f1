import { splitShellWords } from '../split-shell-words';
import type { InstallerRole } from './installer-run';

export interface InstallCommand {
  role: InstallerRole;
  singleNode: boolean;
  /** Key of the disk to install on; empty when the command names none. */
  bootDevice: string;
  /** Paths of the disks whose boot sector is to be cleared first. */
  disksToClear: string[];
  /** For the program that writes the disk. */
  installerArgs: string[];
}

const roles: readonly string[] = ['bootstrap', 'master', 'worker'];
const isRole = (text: string | undefined): text is InstallerRole => text !== undefined && roles.includes(text);

/** What the command line of an install step asks for. Throws when it names no role. */
export function parseInstallCommand(args: readonly string[]): InstallCommand {
  const words = args.flatMap(splitShellWords);
  const valueOf = (flag: string): string | undefined => {
    const at = words.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
    return at < 0 ? undefined : words[at]?.startsWith(`${flag}=`) ? words[at]?.slice(flag.length + 1) : words[at + 1];
  };
  const role = valueOf('--role');
  if (!isRole(role)) throw new Error('the install command names no role');
  return {
    role,
    singleNode: valueOf('--high-availability-mode') === 'None',
    bootDevice: valueOf('--boot-device') ?? '',
    disksToClear: findDisksToClear(words),
    installerArgs: parseInstallerArgs(valueOf('--installer-args')),
  };
}

/** Each is cleared by `dd if=/dev/zero of=<disk> bs=512 count=1`. */
function findDisksToClear(words: readonly string[]): string[] {
  return words.flatMap((word, at) => {
    const clears = word === 'dd' && words[at + 1] === 'if=/dev/zero' && words[at + 3] === 'bs=512' && words[at + 4] === 'count=1';
    const target = words[at + 2] ?? '';
    return clears && target.startsWith('of=/dev/') ? [target.slice('of='.length)] : [];
  });
}

function parseInstallerArgs(text: string | undefined): string[] {
  if (text === undefined || text === '') return [];
  const parsed = parseJson(text);
  if (!Array.isArray(parsed) || !parsed.every((arg) => typeof arg === 'string')) throw new Error('--installer-args is not a list of texts');
  return parsed;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
