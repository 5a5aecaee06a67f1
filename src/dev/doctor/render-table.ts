import type { Check } from './check';

/** The checks as aligned lines, each fix below its check. */
export function renderTable(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks
    .flatMap(({ name, state, detail, fix }) => [
      `${name.padEnd(width)}  ${state.padEnd(7)}  ${detail}`,
      ...(fix ? [`${' '.repeat(width)}           fix: ${fix}`] : []),
    ])
    .join('\n');
}
