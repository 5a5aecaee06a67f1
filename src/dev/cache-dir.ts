import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The directory, outside the checkout, that keeps what is costly to make: tools, base images.
 * $ASSISTED_INSTALLER_CACHE, else $XDG_CACHE_HOME/assisted-installer, else ~/.cache/assisted-installer.
 */
export function findCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  if (env.ASSISTED_INSTALLER_CACHE) return env.ASSISTED_INSTALLER_CACHE;
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'assisted-installer');
  return join(homedir(), '.cache', 'assisted-installer');
}
