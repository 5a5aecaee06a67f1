import type { JsonObject } from './ignition-config';

const versions = ['3.1.0', '3.2.0'];
const sources = /^(data:|https?:\/\/|s3:\/\/|tftp:\/\/|gs:\/\/)/;
const unitName = /^[\w:.@\\-]+\.(service|socket|device|mount|automount|swap|target|path|timer|slice|scope)$/;
const highestMode = 0o7777;

/** What is wrong with a configuration, each with its place; empty when the live system would take it. */
export function validateIgnition(value: unknown): string[] {
  if (!isObject(value)) return ['it is not an object'];
  if (!isObject(value.ignition) || typeof value.ignition.version !== 'string') return ['ignition.version is missing'];
  if (!versions.includes(value.ignition.version)) return [`ignition.version ${value.ignition.version} is not one of ${versions.join(', ')}`];
  const problems: string[] = [];
  for (const section of ['passwd', 'storage', 'systemd']) {
    if (value[section] !== undefined && value[section] !== null && !isObject(value[section])) problems.push(`${section} is not an object`);
  }
  if (problems.length > 0) return problems;
  const storage = section(value, 'storage');
  const paths = new Set<string>();
  for (const list of ['files', 'directories', 'links']) {
    eachEntry(storage, `storage.${list}`, problems, (entry, place) => checkNode(entry, place, paths, problems));
  }
  eachEntry(section(value, 'systemd'), 'systemd.units', problems, (entry, place) => {
    if (typeof entry.name !== 'string' || !unitName.test(entry.name)) problems.push(`${place}.name is not the name of a unit`);
    if (isSet(entry.contents) && typeof entry.contents !== 'string') problems.push(`${place}.contents is not text`);
  });
  eachEntry(section(value, 'passwd'), 'passwd.users', problems, (entry, place) => {
    if (typeof entry.name !== 'string' || entry.name === '') problems.push(`${place}.name is missing`);
    const keys = entry.sshAuthorizedKeys;
    if (isSet(keys) && !(Array.isArray(keys) && keys.every((key) => typeof key === 'string'))) problems.push(`${place}.sshAuthorizedKeys is not a list of texts`);
  });
  return problems;
}

function checkNode(entry: JsonObject, place: string, paths: Set<string>, problems: string[]): void {
  const { path, mode, contents, append } = entry;
  if (typeof path !== 'string' || !path.startsWith('/')) problems.push(`${place}.path is not an absolute path`);
  else if (paths.has(path)) problems.push(`${place}.path ${path} is used twice`);
  else paths.add(path);
  if (isSet(mode) && !(Number.isInteger(mode) && Number(mode) >= 0 && Number(mode) <= highestMode)) problems.push(`${place}.mode is not a permission mode`);
  for (const [name, resources] of [['contents', [contents]], ['append', Array.isArray(append) ? append : [append]]] as const) {
    for (const resource of resources) {
      if (!isSet(resource)) continue;
      const source: unknown = isObject(resource) ? resource.source : '';
      if (isSet(source) && (typeof source !== 'string' || (source !== '' && !sources.test(source)))) problems.push(`${place}.${name}.source is not an address that can be fetched`);
    }
  }
}

function eachEntry(parent: JsonObject, place: string, problems: string[], check: (entry: JsonObject, place: string) => void): void {
  const list = parent[place.split('.')[1] ?? ''];
  if (!isSet(list)) return;
  if (!Array.isArray(list)) problems.push(`${place} is not a list`);
  else list.forEach((entry: unknown, index) => (isObject(entry) ? check(entry, `${place}[${index}]`) : problems.push(`${place}[${index}] is not an object`)));
}

function section(value: JsonObject, name: string): JsonObject {
  const found = value[name];
  return isObject(found) ? found : {};
}

const isSet = (value: unknown) => value !== undefined && value !== null;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
