/** Names of fields whose values nobody may read, wherever they stand. */
const secretFields = new Set(['pull_secret', 'pullsecret', 'authorization', 'x-secret-key', 'token', 'access_token', 'refresh_token', 'password', 'secret', 'client_secret', 'api_key', 'auths', 'auth']);

const masked = '[hidden]';
const deepest = 6;

/** What gives a secret away within a text: tokens, credentials of an address or a header, a pull secret, a private key. */
const patterns: readonly [RegExp, string][] = [
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, masked],
  [/\b(bearer|basic) +[\w+/=.~-]{8,}/gi, `$1 ${masked}`],
  [/(\bapi_key=)[^&\s"']+/g, `$1${masked}`],
  [/(\w:\/\/[^\s/:@]+:)[^\s/@]+@/g, `$1${masked}@`],
  [/(\\?"auths?\\?"\s*:\s*)(\\?"[^"\\]*\\?"|\{.*)/gs, `$1${masked}`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)/gs, masked],
];

/** A text without what gives a secret away. */
export const maskText = (text: string): string => patterns.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);

/** A copy of a log's fields without secrets, by name and by form; the last line of defence, not the first. */
export function maskFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, secretFields.has(name.toLowerCase()) ? masked : maskValue(value, 1)]));
}

function maskValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.length < 8 ? value : maskText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '[too deep]';
  if (Array.isArray(value)) return value.map((item: unknown) => maskValue(item, depth + 1));
  // Errors, dates and the like have their own ways to be shown, and nothing that was not put into them.
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, secretFields.has(name.toLowerCase()) ? masked : maskValue(item, depth + 1)]));
}
