import { describe, expect, it } from 'vitest';
import { percentile, renderReport } from '../../../src/cli/fleet/report-table';
import { Tally } from '../../../src/cli/fleet/tally';

describe('the report of a fleet', () => {
  it('has a row for each profile, and names what failed', async () => {
    const tally = new Tally();
    const answers = [new Response('ok'), new Response('no', { status: 503 })];
    const counted = tally.count(() => Promise.resolve(answers.shift() ?? Response.error()));
    await counted('http://service.example/');
    await counted('http://service.example/');
    tally.see('a', 'installed');
    tally.see('a', 'installed');
    tally.see('b', 'error');
    tally.results.push({ profile: 'sno', status: 'installed', seconds: 10 }, { profile: 'sno', status: 'error', seconds: 20, failure: 'fleet-1 is error' });
    expect(tally.summary()).toBe('1 error, 1 installed; 2 requests, 1 errors');
    const report = renderReport(tally);
    expect(report).toMatch(/^sno +2 +1 +10\.0 s +10\.0 s +installed, error$/m);
    expect(report).toContain('2 requests, 1 errors\nsno: fleet-1 is error\n');
  });

  it('takes percentiles by rank', () => {
    expect([percentile([], 0.5), percentile([3, 1, 2], 0.5), percentile([1, 2, 3, 4], 0.95)]).toEqual([undefined, 2, 4]);
  });
});
