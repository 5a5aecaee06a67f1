import { describe, expect, it } from 'vitest';
import { toCheckResults } from '../../../src/cli/fleet/check-results';
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
    tally.results.push({ name: 'fleet-0', profile: 'sno', status: 'installed', seconds: 10 }, { name: 'fleet-1', profile: 'sno', status: 'error', seconds: 20, failure: 'fleet-1 is error' });
    expect(tally.summary()).toBe('1 error, 1 installed; 2 requests, 1 errors');
    const report = renderReport(tally);
    expect(report).toMatch(/^sno +2 +1 +10\.0 s +10\.0 s +installed, error$/m);
    expect(report).toContain('2 requests, 1 errors (1 x 503)\nsno: fleet-1 is error\n');
    expect(tally.failed).toBe(true);
  });

  it('tells of subscriptions where they were looked at, and of clusters that may be left', () => {
    const tally = new Tally();
    tally.results.push({ name: 'a', profile: 'sno', status: 'installed', seconds: 1, subscription: 'Active' }, { name: 'b', profile: 'small', status: 'insufficient', seconds: 1, subscription: 'released' });
    expect(renderReport(tally)).toContain('\nsubscriptions: 1 of 1 installed clusters Active, 1 of 1 others released\n');
    expect(tally.failed).toBe(false);
    tally.leftovers = 'clusters named fleet-1* may be left';
    expect(renderReport(tally)).toContain('clusters named fleet-1* may be left');
    expect(tally.failed).toBe(true);
  });

  it('is a test case for each cluster', () => {
    const results = [{ name: 'a', profile: 'sno', status: 'installed', seconds: 1 }, { name: 'b', profile: 'silent:Done', status: 'error', seconds: 2, failure: 'b is error' }];
    expect(toCheckResults(results)).toEqual([{ group: 'sno', name: 'a', seconds: 1, outcome: 'passed' }, { group: 'silent:Done', name: 'b', seconds: 2, outcome: 'failed', reason: 'b is error' }]);
  });

  it('takes percentiles by rank', () => {
    expect([percentile([], 0.5), percentile([3, 1, 2], 0.5), percentile([1, 2, 3, 4], 0.95)]).toEqual([undefined, 2, 4]);
  });
});
