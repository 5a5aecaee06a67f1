const basePath = '/api/assisted-install/v1';

/** The API's base URL from the address of a service, with or without the API's path, without a slash at the end. */
export function apiBase(url: string): string {
  const trimmed = url.replace(/\/+$/, '');
  return trimmed.endsWith(basePath) ? trimmed : `${trimmed}${basePath}`;
}
