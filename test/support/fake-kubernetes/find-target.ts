import type { Kind } from './kinds';

/** What a path of the API names. */
export type Target =
  | { kind: 'discovery'; apiVersion: string }
  | { kind: 'objects'; of: Kind; namespace?: string; name?: string; subresource?: string };

/** Reads /api/v1/… and /apis/group/version/…; undefined for anything else and for kinds that are not served. */
export function findTarget(path: string, kinds: readonly Kind[]): Target | undefined {
  const parts = path.split('/').filter((part) => part !== '').map(decodeURIComponent);
  const root = parts.shift();
  const apiVersion = root === 'api' ? parts.shift() : root === 'apis' ? `${parts.shift() ?? ''}/${parts.shift() ?? ''}` : undefined;
  if (apiVersion === undefined || !kinds.some((kind) => kind.apiVersion === apiVersion)) return undefined;
  if (parts.length === 0) return { kind: 'discovery', apiVersion };
  const namespace = parts[0] === 'namespaces' && parts.length > 2 ? parts.splice(0, 2)[1] : undefined;
  const [plural, name, subresource] = parts;
  const of = kinds.find((kind) => kind.apiVersion === apiVersion && kind.plural === plural);
  return of && { kind: 'objects', of, ...(namespace === undefined ? {} : { namespace }), ...(name === undefined ? {} : { name }), ...(subresource === undefined ? {} : { subresource }) };
}
