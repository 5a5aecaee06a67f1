import { isObject } from './is-object';

/** Lists whose entries are known by a key: merged by it, and each there once. All other lists are put one after the other. */
const keyNames: Record<string, string> = {
  users: 'name', groups: 'name', disks: 'device', raid: 'name', luks: 'name', filesystems: 'device', files: 'path', directories: 'path',
  links: 'path', units: 'name', dropins: 'name', httpHeaders: 'name', certificateAuthorities: 'source', merge: 'source', tang: 'url',
};
/** Lists of plain values in which one may be there twice: they are arguments of programs. All others are sets. */
const argumentLists = new Set(['options', 'mountOptions']);
export const isSet = (list: string): boolean => !argumentLists.has(list);

const partitionKeys = ['number', 'label'];

/** What the entries of a list are known by; undefined for a list without keys. */
export function keyReader(list: string): ((entry: unknown) => unknown) | undefined {
  if (list === 'partitions') {
    return (entry) => {
      const name = isObject(entry) ? partitionKeys.find((key) => entry[key]) : undefined;
      return name && isObject(entry) ? `${name}=${String(entry[name])}` : undefined;
    };
  }
  const key = keyNames[list];
  return key ? (entry) => (isObject(entry) ? entry[key] : undefined) : undefined;
}
