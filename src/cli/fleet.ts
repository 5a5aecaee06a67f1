import { writeFileSync } from 'node:fs';
import { parseOptions, usage } from './fleet/options';
import { toCheckResults } from './fleet/check-results';
import { renderReport } from './fleet/report-table';
import { runFleet } from './fleet/run-fleet';
import { formatJunit } from './install-test/report-junit';
import { findTarget } from './install-test/target';
import { UsageError } from './install-test/usage-error';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const interruptedCode = 130;

async function main(argv: readonly string[]): Promise<number> {
  const options = parseOptions(argv);
  if (options === 'help') {
    print(usage);
    return 0;
  }
  const off = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => off.abort(new Error(`stopped by ${signal}`)));
  const startedAt = new Date();
  const tally = await runFleet(options, findTarget(options), print, off.signal);
  print(renderReport(tally));
  if (options.junit !== undefined) writeFileSync(options.junit, formatJunit('fleet', toCheckResults(tally.results), (Date.now() - startedAt.getTime()) / 1000, startedAt));
  if (off.signal.aborted) return interruptedCode;
  return tally.failed ? 1 : 0;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(error instanceof UsageError ? `${error.message}\n\n${usage}` : `${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
