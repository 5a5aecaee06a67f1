import { nodeLists } from './check-nodes';
import type { IgnitionConfig, JsonObject } from './ignition-config';
import { isObject } from './is-object';
import { isSet, keyReader } from './list-keys';

/**
 * Lays a child configuration over its parent by the merge rules of Ignition 3: objects field by field, lists by the key of their
 * entries, the child's values before the parent's. The result has the higher version of the two.
 */
export function mergeIgnition(parent: IgnitionConfig, child: IgnitionConfig): IgnitionConfig {
  const cleared = dropReplacedPaths(parent, child);
  const merged = mergeObjects(cleared, child);
  const versions = [parent.ignition.version, child.ignition.version].sort();
  return { ...merged, ignition: { ...(merged.ignition as JsonObject), version: versions[1] ?? child.ignition.version } };
}

function mergeObjects(parent: JsonObject, child: JsonObject): JsonObject {
  const merged: JsonObject = { ...parent };
  for (const [key, value] of Object.entries(child)) {
    const before = parent[key];
    if (value === null || value === undefined) continue;
    if (Array.isArray(value) && Array.isArray(before)) merged[key] = mergeLists(key, before, value);
    else if (isObject(value) && isObject(before)) merged[key] = mergeObjects(before, value);
    else merged[key] = value;
  }
  return merged;
}

function mergeLists(name: string, parent: unknown[], child: unknown[]): unknown[] {
  const isPlain = [...parent, ...child].every((entry) => typeof entry === 'string');
  if (isPlain) return isSet(name) ? [...new Set([...parent, ...child])] : [...parent, ...child];
  const keyOf = keyReader(name);
  if (!keyOf) return [...parent, ...child];
  const merged = [...parent];
  for (const entry of child) {
    const key = keyOf(entry);
    const index = key === undefined ? -1 : merged.findIndex((other) => keyOf(other) === key);
    const before = merged[index];
    // Of headers alone: one without a value takes that of the parent away.
    if (name === 'httpHeaders' && index >= 0 && isObject(entry) && typeof entry.value !== 'string') {
      merged.splice(index, 1);
      continue;
    }
    if (index >= 0 && isObject(before) && isObject(entry)) merged[index] = mergeObjects(before, entry);
    else merged.push(entry);
  }
  return merged;
}

function dropReplacedPaths(parent: IgnitionConfig, child: IgnitionConfig): IgnitionConfig {
  if (!parent.storage || !child.storage) return parent;
  const storage: JsonObject = { ...parent.storage };
  for (const name of nodeLists) {
    const taken = new Set(nodeLists.filter((other) => other !== name).flatMap((other) => pathsOf(child.storage?.[other])));
    const entries = storage[name];
    if (taken.size > 0 && Array.isArray(entries)) storage[name] = entries.filter((entry: unknown) => !pathsOf([entry]).some((path) => taken.has(path)));
  }
  return { ...parent, storage };
}

function pathsOf(entries: unknown): string[] {
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown) => (isObject(entry) && typeof entry.path === 'string' ? [entry.path] : []));
}
