/** Sections of a keyfile in their order; entries without a value are left out. */
export type KeyfileSections = Record<string, Record<string, string | number | boolean | undefined>>;

/** The text of a keyfile; sections without entries are left out. Values hold no line ends and no outer blanks, as their schema says. */
export function renderKeyfile(sections: KeyfileSections): string {
  return Object.entries(sections)
    .map(([section, entries]) => {
      const lines = Object.entries(entries).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${String(value)}\n`]));
      return lines.length === 0 ? '' : `[${section}]\n${lines.join('')}`;
    })
    .filter((section) => section !== '')
    .join('\n');
}
