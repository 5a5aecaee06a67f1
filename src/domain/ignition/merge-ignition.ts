import type { IgnitionConfig, JsonObject } from './ignition-config';

/** Lists whose entries replace each other by a key; all other lists are put one after the other. */
const listKeys: Record<string, string> = {
  users: 'name', groups: 'name', disks: 'device', raid: 'name', luks: 'name', filesystems: 'device', files: 'path', directories: 'path',
  links: 'path', units: 'name', dropins: 'name', httpHeaders: 'name', certificateAuthorities: 'source',
};
const partitionKeys = ['number', 'label'];
/** Of the specification: entries of these three share one name space, the path. */
const pathLists = ['files', 'directories', 'links'] as const;
/** Lists of plain values that are sets; `groups` of a user are names, those of passwd have a key. */
const valueSets = new Set(['sshAuthorizedKeys', 'noProxy', 'groups']);

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
  if (isPlain) return valueSets.has(name) ? [...new Set([...parent, ...child])] : [...parent, ...child];
  const keyOf = keyReader(name);
  if (!keyOf) return [...parent, ...child];
  const merged = [...parent];
  for (const entry of child) {
    const key = keyOf(entry);
    const index = key === undefined ? -1 : merged.findIndex((other) => keyOf(other) === key);
    const before = merged[index];
    if (index >= 0 && isObject(before) && isObject(entry)) merged[index] = mergeObjects(before, entry);
    else merged.push(entry);
  }
  return merged;
}

function keyReader(name: string): ((entry: unknown) => unknown) | undefined {
  if (name === 'partitions') {
    return (entry) => {
      const keyName = isObject(entry) ? partitionKeys.find((key) => entry[key]) : undefined;
      return keyName && isObject(entry) ? `${keyName}=${String(entry[keyName])}` : undefined;
    };
  }
  const key = listKeys[name];
  return key ? (entry) => (isObject(entry) ? entry[key] : undefined) : undefined;
}

function dropReplacedPaths(parent: IgnitionConfig, child: IgnitionConfig): IgnitionConfig {
  if (!parent.storage || !child.storage) return parent;
  const storage: JsonObject = { ...parent.storage };
  for (const name of pathLists) {
    const taken = new Set(pathLists.filter((other) => other !== name).flatMap((other) => pathsOf(child.storage?.[other])));
    const entries = storage[name];
    if (taken.size > 0 && Array.isArray(entries)) storage[name] = entries.filter((entry: unknown) => !pathsOf([entry]).some((path) => taken.has(path)));
  }
  return { ...parent, storage };
}

function pathsOf(entries: unknown): string[] {
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown) => (isObject(entry) && typeof entry.path === 'string' ? [entry.path] : []));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
