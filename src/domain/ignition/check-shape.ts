import type { Shape } from './ignition-shape';
import { isObject } from './is-object';
import { isSet, keyReader } from './list-keys';

const kinds: Record<string, { isIt: (value: unknown) => boolean; title: string }> = {
  text: { isIt: (value) => typeof value === 'string', title: 'text' },
  flag: { isIt: (value) => typeof value === 'boolean', title: 'true or false' },
  number: { isIt: Number.isSafeInteger, title: 'a whole number' },
};

/** What has another type than the shape says, and entries of a list that are there twice; each with its place. */
export function checkShape(value: unknown, shape: Shape, place = ''): string[] {
  if (value === undefined || value === null) return [];
  const subject = place === '' ? 'it' : place;
  if (typeof shape === 'string') {
    const kind = kinds[shape];
    return kind === undefined || kind.isIt(value) ? [] : [`${subject} is not ${kind.title}`];
  }
  if ('fields' in shape) {
    if (!isObject(value)) return [`${subject} is not an object`];
    return Object.entries(shape.fields).flatMap(([name, inner]) => checkShape(value[name], inner, place === '' ? name : `${place}.${name}`));
  }
  if (!Array.isArray(value)) return [`${subject} is not a list`];
  const problems = value.flatMap((entry: unknown, index) => checkShape(entry, shape.list, `${place}[${index}]`));
  return problems.length > 0 ? problems : findRepeated(value, shape.list, place);
}

function findRepeated(list: readonly unknown[], entry: Shape, place: string): string[] {
  const name = place.slice(place.lastIndexOf('.') + 1);
  const keyOf = entry === 'text' ? (value: unknown) => value : keyReader(name);
  if (!keyOf || !isSet(name)) return [];
  const seen = new Set<unknown>();
  return list.flatMap((value, index) => {
    const key = keyOf(value);
    if (key === undefined || !seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [`${place}[${index}] is there twice`];
  });
}
