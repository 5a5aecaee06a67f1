import type { Row } from './row';

/** What the page shows of a row; its cases only by name. */
type ShownRow = Omit<Row<string, string>, 'cases'> & { cases: Record<string, unknown> };

const list = (items: readonly string[]): string => items.join(', ') || '–';

function table(rows: readonly ShownRow[]): string[] {
  return [
    '| # | trigger | from | to | when | effects and events | cases executed | shown besides by |',
    '|---|---|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${[
      row.id, row.trigger, list(row.from), row.to, row.when, list([...(row.effects === undefined ? [] : [row.effects]), ...(row.events ?? [])]), list(Object.keys(row.cases)),
      (row.provedBy ?? []).map(({ file, title }) => `\`${file}\`: ${title}`).join('; ') || '–',
    ].join(' | ')} |`),
  ];
}

/** The tables as a page for readers. */
export function renderPage(sections: Record<string, readonly ShownRow[]>): string {
  return [
    '# Every transition and the test that proves it', '',
    'Made from the tables beside this page, which `transitions.test.ts` executes: each case of each row for each status it starts from.',
    'The same test checks that every rule of the code is in a row, that what no row permits is refused, and that this page is up to date',
    '(`WRITE_TRANSITIONS=yes npx vitest run test/domain/transitions` writes it).', '',
    ...Object.entries(sections).flatMap(([title, rows]) => [`## ${title}`, '', ...table(rows), '']),
  ].join('\n');
}
