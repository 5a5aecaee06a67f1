import type { CheckResult } from './check-log';

const marks = { passed: 'ok', failed: 'FAIL', skipped: 'skip' } as const;

/** One line of the report; a reason follows on its own line. */
export function formatResult({ outcome, seconds, name, detail, reason }: CheckResult): string {
  const line = `${marks[outcome].padEnd(4)} ${seconds.toFixed(1).padStart(6)} s  ${name}${detail ? `: ${detail}` : ''}`;
  return reason ? `${line}\n               ${reason}` : line;
}

/** The last lines of the report. */
export function formatTotals(results: readonly CheckResult[], seconds: number): string {
  const count = (outcome: CheckResult['outcome']): number => results.filter((result) => result.outcome === outcome).length;
  const skipped = count('skipped');
  return `${count('passed')} passed, ${count('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''} in ${seconds.toFixed(1)} s`;
}
