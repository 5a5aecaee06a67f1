import { hidden as masked, maskText } from '../domain/mask-text';

/** Names of fields whose values nobody may read, wherever they stand. */
const secretFields = new Set(['pull_secret', 'pullsecret', 'authorization', 'x-secret-key', 'token', 'access_token', 'refresh_token', 'password', 'secret', 'client_secret', 'api_key', 'auths', 'auth']);

const deepest = 6;

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
