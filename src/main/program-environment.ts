import type { Settings } from '../config/schema';

/** What every program of others gets: where to find its like, and a language whose messages can be read. */
export const programEnvironment = ({ PATH }: Pick<Settings, 'PATH'>) => ({ PATH, LANG: 'C.UTF-8' });

/** The same for a program that reaches other machines and keeps files of its user. */
export function networkedEnvironment(settings: Pick<Settings, 'PATH' | 'HOME' | 'HTTP_PROXY' | 'HTTPS_PROXY' | 'NO_PROXY'>): Record<string, string> {
  const { HOME, HTTP_PROXY, HTTPS_PROXY, NO_PROXY } = settings;
  return {
    ...programEnvironment(settings),
    HOME,
    ...(HTTP_PROXY ? { HTTP_PROXY } : {}),
    ...(HTTPS_PROXY ? { HTTPS_PROXY } : {}),
    ...(NO_PROXY ? { NO_PROXY } : {}),
  };
}
