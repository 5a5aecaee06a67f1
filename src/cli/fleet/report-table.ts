import type { ClusterResult, Tally } from './tally';

/** The value below which a share of the sorted values lies; undefined of none. */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

const seconds = (value: number | undefined): string => (value === undefined ? '-' : `${value.toFixed(1)} s`);

/** The end of a run: a row for each profile, then what failed. */
export function renderReport(tally: Tally): string {
  const rows = [['profile', 'clusters', 'as expected', 'p50', 'p95', 'last statuses']];
  for (const profile of new Set(tally.results.map((result) => result.profile))) {
    const results = tally.results.filter((result) => result.profile === profile);
    const good = results.filter(({ failure }) => failure === undefined);
    const times = good.map((result) => result.seconds);
    rows.push([profile, String(results.length), String(good.length), seconds(percentile(times, 0.5)), seconds(percentile(times, 0.95)), [...new Set(results.map(({ status }) => status))].join(', ')]);
  }
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
  const failures = tally.results.filter(({ failure }) => failure !== undefined).map(({ profile, failure }) => `${profile}: ${failure}`);
  return [...lines, `${tally.requests} requests, ${tally.errors} errors${tally.errors > 0 ? ` (${tally.errorKinds})` : ''}`, ...describeSubscriptions(tally.results), ...failures, ...(tally.leftovers === undefined ? [] : [tally.leftovers]), ''].join('\n');
}

/** One line where subscriptions were looked at: each cluster has exactly one, which follows it to Active, or goes with it. */
function describeSubscriptions(results: readonly ClusterResult[]): string[] {
  const count = (state: ClusterResult['subscription']): number => results.filter(({ subscription }) => subscription === state).length;
  if (results.length === count(undefined)) return [];
  const installed = results.filter(({ status }) => status === 'installed').length;
  return [`subscriptions: ${count('Active')} of ${installed} installed clusters Active, ${count('released')} of ${results.length - installed} others released`];
}
