import { describe, expect, it } from 'vitest';
import { CheckFailed, CheckLog, type CheckResult } from '../../../src/cli/install-test/check-log';
import { escapeXml, formatJunit } from '../../../src/cli/install-test/report-junit';
import { formatResult, formatTotals } from '../../../src/cli/install-test/report-text';

const results: CheckResult[] = [
  { group: 'register', name: 'register a cluster', outcome: 'passed', seconds: 0.25, detail: 'demo' },
  { group: 'image', name: 'download it', outcome: 'failed', seconds: 12.04, reason: 'expected <1> & "2",\ngot \u0000' },
  { group: 'results', name: 'subscription', outcome: 'skipped', seconds: 0, reason: 'unknown' },
];

describe('the report', () => {
  it('has aligned lines, reasons and totals', () => {
    expect(results.slice(0, 2).map(formatResult)).toEqual([
      'ok      0.3 s  register a cluster: demo',
      'FAIL   12.0 s  download it\n               expected <1> & "2",\ngot \u0000',
    ]);
    expect(formatTotals(results, 12.3)).toBe('1 passed, 1 failed, 1 skipped in 12.3 s');
    expect(formatTotals(results.slice(0, 1), 1)).toBe('1 passed, 0 failed in 1.0 s');
  });

  it('is well-formed JUnit XML whatever the reasons are', () => {
    expect(formatJunit('install-test', results, 12.29, new Date('2021-06-20T12:00:00.500Z'))).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites tests="3" failures="1" errors="0" skipped="1" time="12.290">',
        '  <testsuite name="install-test" tests="3" failures="1" errors="0" skipped="1" time="12.290" timestamp="2021-06-20T12:00:00">',
        '    <testcase classname="install-test.register" name="register a cluster" time="0.250"/>',
        '    <testcase classname="install-test.image" name="download it" time="12.040">',
        '      <failure message="expected &lt;1&gt; &amp; &quot;2&quot;,&#10;got \uFFFD"/>',
        '    </testcase>',
        '    <testcase classname="install-test.results" name="subscription" time="0.000">',
        '      <skipped message="unknown"/>',
        '    </testcase>',
        '  </testsuite>',
        '</testsuites>',
        '',
      ].join('\n'),
    );
  });

  it('replaces what XML cannot carry and keeps the rest', () => {
    expect(escapeXml('\u0001\uD800x\u{1F600}é\t')).toBe('\uFFFD\uFFFDx\u{1F600}é&#9;');
  });
});

describe('a check log', () => {
  it('times checks, throws for those others depend on, and only records the rest', async () => {
    let now = 0;
    const seen: CheckResult[] = [];
    const checks = new CheckLog((result) => seen.push(result), () => now);
    checks.startGroup('g');
    await expect(checks.check('a', async () => ((now = 1500), 7), (value) => `${value}`)).resolves.toBe(7);
    await checks.verify('b', () => Promise.reject(new Error('no')));
    expect(checks.failed).toBe(true);
    await expect(checks.check('c', () => Promise.reject(new Error('never')))).rejects.toBeInstanceOf(CheckFailed);
    checks.skip('d', 'why');
    expect(seen).toEqual(checks.results);
    expect(seen.map(({ name, outcome, seconds, reason, detail }) => [name, outcome, seconds, reason ?? detail])).toEqual([
      ['a', 'passed', 1.5, '7'],
      ['b', 'failed', 0, 'no'],
      ['c', 'failed', 0, 'never'],
      ['d', 'skipped', 0, 'why'],
    ]);
  });
});
