import type { CheckResult } from './check-log';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\r': '&#13;', '\t': '&#9;' };

/** Text that is safe inside an XML attribute; characters XML cannot carry become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\u0009\u000A\u000D\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"\n\r\t]/g, (char) => entities[char] ?? char);
}

function formatCase(suite: string, { group, name, seconds, outcome, reason = '' }: CheckResult): string {
  const head = `    <testcase classname="${suite}.${escapeXml(group)}" name="${escapeXml(name)}" time="${seconds.toFixed(3)}"`;
  if (outcome === 'failed') return `${head}>\n      <failure message="${escapeXml(reason)}"/>\n    </testcase>`;
  if (outcome === 'skipped') return `${head}>\n      <skipped message="${escapeXml(reason)}"/>\n    </testcase>`;
  return `${head}/>`;
}

/** The results of a suite as JUnit XML. */
export function formatJunit(suite: string, results: readonly CheckResult[], seconds: number, startedAt: Date): string {
  const count = (outcome: CheckResult['outcome']): number => results.filter((result) => result.outcome === outcome).length;
  const totals = `tests="${results.length}" failures="${count('failed')}" errors="0" skipped="${count('skipped')}" time="${seconds.toFixed(3)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${totals}>`,
    `  <testsuite name="${suite}" ${totals} timestamp="${startedAt.toISOString().slice(0, 19)}">`,
    ...results.map((result) => formatCase(suite, result)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
