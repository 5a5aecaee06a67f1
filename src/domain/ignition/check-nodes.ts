import { checkResource } from './check-resource';
import { findPathProblem } from './check-path';
import { entriesOf, textOf } from './entries-of';
import type { JsonObject } from './ignition-config';
import { isObject } from './is-object';

const highestMode = 0o7777;
/** Of the specification: entries of these three share one name space, the path. */
export const nodeLists = ['files', 'directories', 'links'] as const;

/** What is wrong with the files, directories and links of a configuration; each with its place. */
export function checkNodes(storage: JsonObject): string[] {
  const links = entriesOf(storage, 'links');
  const directories = new Set(entriesOf(storage, 'directories').map((entry) => textOf(entry, 'path')));
  const seen = new Set<string>();
  return nodeLists.flatMap((list) => entriesOf(storage, list).flatMap((entry, index) => {
    const place = `storage.${list}[${index}]`;
    const path = textOf(entry, 'path');
    const isRepeated = seen.has(path);
    seen.add(path);
    const problem = findPathProblem(path);
    return [
      ...(problem === undefined ? [] : [`${place}.path ${problem}`]),
      ...(isRepeated ? [`${place}.path ${path} is used twice`] : []),
      ...checkOwners(entry, place),
      ...(links.some((link) => path.startsWith(`${textOf(link, 'path')}/`)) ? [`${place}.path ${path} lies behind one of storage.links: take the path that the link leads to`] : []),
      ...(list === 'links' && entry.hard === true && directories.has(targetOf(entry)) ? [`${place}.target is a directory, to which no hard link can lead`] : []),
      ...checkContents(entry, list, place),
    ];
  }));
}

function checkOwners(entry: JsonObject, place: string): string[] {
  return (['user', 'group'] as const).flatMap((kind) => {
    const owner = entry[kind];
    return isObject(owner) && typeof owner.id === 'number' && owner.name ? [`${place}.${kind} has both id and name: use one of them`] : [];
  });
}

function checkContents(entry: JsonObject, list: (typeof nodeLists)[number], place: string): string[] {
  if (list === 'links') return [];
  const { mode, overwrite } = entry;
  const contents = isObject(entry.contents) ? entry.contents : {};
  return [
    ...(typeof mode === 'number' && (mode < 0 || mode > highestMode) ? [`${place}.mode is not a permission mode: 0 to ${highestMode}, which is octal 7777`] : []),
    ...(list === 'directories' ? [] : [
      ...(overwrite === true && typeof contents.source !== 'string' ? [`${place}.overwrite needs contents.source, which may be empty`] : []),
      ...checkResource(contents, `${place}.contents`),
      ...entriesOf(entry, 'append').flatMap((resource, index) => checkResource(resource, `${place}.append[${index}]`)),
    ]),
  ];
}

/** As Ignition finds it: a relative target begins at the link itself. */
function targetOf(link: JsonObject): string {
  const target = textOf(link, 'target');
  const parts: string[] = [];
  for (const part of (target.startsWith('/') ? target : `${textOf(link, 'path')}/${target}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
