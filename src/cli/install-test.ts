import { writeFileSync } from 'node:fs';
import { parseOptions, usage } from './install-test/options';
import { formatJunit } from './install-test/report-junit';
import { formatResult, formatTotals } from './install-test/report-text';
import { runInstallTest } from './install-test/run-install-test';
import { findTarget } from './install-test/target';
import { UsageError } from './install-test/usage-error';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Runs the test from the command line; returns the exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const options = parseOptions(argv);
  if (options === 'help') {
    print(usage);
    return 0;
  }
  const target = findTarget(options);
  const interrupt = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupt.abort(new Error(`stopped by ${name}`)));
  const startedAt = new Date();
  print(`testing ${target.url}`);
  const reporting = { onResult: (result: Parameters<typeof formatResult>[0]) => print(formatResult(result)), say: (line: string) => print(`               ${line}`) };
  const checks = await runInstallTest(options, target, reporting, interrupt.signal);
  const seconds = (Date.now() - startedAt.getTime()) / 1000;
  print(formatTotals(checks.results, seconds));
  if (options.junit !== undefined) writeFileSync(options.junit, formatJunit('install-test', checks.results, seconds, startedAt));
  return checks.failed || interrupt.signal.aborted ? 1 : 0;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  },
);
