import type { CheckResult } from '../install-test/check-log';
import type { ClusterResult } from './tally';

/** A test case for each cluster, in the group of its profile. */
export function toCheckResults(results: readonly ClusterResult[]): CheckResult[] {
  return results.map(({ name, profile, seconds, failure }) => ({
    group: profile, name, seconds, outcome: failure === undefined ? 'passed' : 'failed',
    ...(failure === undefined ? {} : { reason: failure }),
  }));
}
