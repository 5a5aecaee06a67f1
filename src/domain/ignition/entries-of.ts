import type { JsonObject } from './ignition-config';
import { isObject } from './is-object';

/** The objects of a list; none where there is no list. */
export function entriesOf(parent: JsonObject, list: string): JsonObject[] {
  const found = parent[list];
  return Array.isArray(found) ? found.map((entry: unknown) => (isObject(entry) ? entry : {})) : [];
}

/** The object of a field; an empty one where there is none. */
export function objectOf(parent: JsonObject, name: string): JsonObject {
  const found = parent[name];
  return isObject(found) ? found : {};
}

/** The text of a field; empty where there is none. */
export function textOf(parent: JsonObject, name: string): string {
  const found = parent[name];
  return typeof found === 'string' ? found : '';
}
