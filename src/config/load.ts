import { maskAddresses } from '../domain/mask-addresses';
import { environmentDefaults } from './environments';
import { secretSettings, settingsSchema, type Settings } from './schema';

/** All that is wrong with the configuration, one line each; values of secrets are not told. */
export class ConfigurationError extends Error {
  constructor(readonly problems: string[]) {
    super(`The configuration has ${problems.length} ${problems.length === 1 ? 'error' : 'errors'}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigurationError';
  }
}

/**
 * Reads the settings from the environment, over the defaults of ENVIRONMENT.
 * Throws ConfigurationError that names every error at once.
 */
export function loadSettings(environment: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = settingsSchema.safeParse({ ...environmentDefaults(given['ENVIRONMENT']), ...given });
  if (parsed.success) return parsed.data;
  const secrets: readonly string[] = secretSettings;
  throw new ConfigurationError(
    parsed.error.issues.map((issue) => {
      const name = String(issue.path[0] ?? '');
      const value = given[name] === undefined ? undefined : maskAddresses(given[name]);
      const shown = value === undefined ? 'not set' : secrets.includes(name) ? 'value hidden' : `is ${JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)}`;
      return `${name} (${shown}): ${issue.message}`;
    }),
  );
}
