import { entriesOf, textOf } from './entries-of';
import type { JsonObject } from './ignition-config';
import { nodeLists } from './check-nodes';

const unitName = /^[\w:.@\\-]+\.(service|socket|device|mount|automount|swap|target|path|timer|slice|scope)$/;
const dropinName = /^[^/]*\.conf$/;
const unitFolder = '/etc/systemd/system/';
/** Of systemd: what is longer is cut off. */
const longestLine = 2_047;

/** What is wrong with the units of a configuration; each with its place. Files must not be in the place of units. */
export function checkUnits(systemd: JsonObject, storage: JsonObject): string[] {
  const taken = new Set<string>();
  const problems = entriesOf(systemd, 'units').flatMap((unit, index) => {
    const place = `systemd.units[${index}]`;
    const name = textOf(unit, 'name');
    const dropins = entriesOf(unit, 'dropins');
    if (textOf(unit, 'contents') !== '') taken.add(`${unitFolder}${name}`);
    for (const dropin of dropins) if (textOf(dropin, 'contents') !== '') taken.add(`${unitFolder}${name}.d/${textOf(dropin, 'name')}`);
    return [
      ...(unitName.test(name) ? [] : [`${place}.name is not the name of a unit`]),
      ...checkContents(textOf(unit, 'contents'), `${place}.contents`),
      ...dropins.flatMap((dropin, position) => [
        ...(dropinName.test(textOf(dropin, 'name')) ? [] : [`${place}.dropins[${position}].name does not end in .conf`]),
        ...checkContents(textOf(dropin, 'contents'), `${place}.dropins[${position}].contents`),
      ]),
    ];
  });
  const conflicts = nodeLists.flatMap((list) => entriesOf(storage, list).flatMap((entry, index) => {
    const path = textOf(entry, 'path');
    return taken.has(path) ? [`storage.${list}[${index}].path ${path} is that of a unit in systemd.units: leave one of them out`] : [];
  }));
  return [...problems, ...conflicts];
}

/** Sections with assignments, comments, and lines that go on behind a backslash. */
function checkContents(contents: string, place: string): string[] {
  let inSection = false;
  let goesOn = false;
  for (const [index, line] of contents.split(/\r\n|\n|\r/).entries()) {
    const where = `${place}, line ${index + 1}`;
    if (utf8Length(line) > longestLine) return [`${where} is longer than the ${longestLine} bytes that systemd takes`];
    const text = line.trim();
    const isContinued: boolean = goesOn && text !== '';
    goesOn = (isContinued || (inSection && /^[^[#;]/.test(text)) || /^[#;]/.test(text)) && line.endsWith('\\');
    if (isContinued || text === '' || /^[#;]/.test(text)) continue;
    if (text.startsWith('[')) {
      if (!/^\[[^\]]*\]$/.test(text)) return [`${where} is no section`];
      inSection = true;
    } else if (inSection && !text.includes('=')) return [`${where} is neither a section nor an assignment`];
  }
  return [];
}

/** Bytes of a text in UTF-8. */
function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
