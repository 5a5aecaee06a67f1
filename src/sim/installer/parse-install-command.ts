import type { InstallerRole } from './installer-run';

export interface InstallCommand {
  role: InstallerRole;
  singleNode: boolean;
}

const roles: readonly string[] = ['bootstrap', 'master', 'worker'];
const isRole = (text: string | undefined): text is InstallerRole => text !== undefined && roles.includes(text);

/** What the command line of an install step asks for. Throws when it names no role. */
export function parseInstallCommand(args: readonly string[]): InstallCommand {
  const line = args.join(' ');
  const role = /--role[ =]["']?([a-z]+)/.exec(line)?.[1];
  if (!isRole(role)) throw new Error('the install command names no role');
  return { role, singleNode: /--high-availability-mode[ =]["']?None/.test(line) };
}
