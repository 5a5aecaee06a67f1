import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CheckResult } from '../../src/cli/install-test/check-log';
import { formatJunit } from '../../src/cli/install-test/report-junit';
import { formatResult, formatTotals } from '../../src/cli/install-test/report-text';
import { UsageError } from '../../src/cli/install-test/usage-error';
import { findEmulator } from './emulator';
import { parseOptions, usage } from './options';
import { runBootTest } from './run-boot-test';
import { readSerialLog } from './serial-log';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const say = (line: string): void => print(`               ${line}`);

function prepareArtefacts(wanted: string | undefined): string {
  if (wanted === undefined) return mkdtempSync(join(tmpdir(), 'boot-test-logs-'));
  mkdirSync(wanted, { recursive: true });
  return resolve(wanted);
}

/** What the machines said last. */
function printTails(artefacts: string): void {
  for (const file of readdirSync(artefacts).filter((name) => name.endsWith('.serial.log'))) {
    print(`\nend of ${join(artefacts, file)}:`);
    readSerialLog(join(artefacts, file)).tail.forEach((line) => print(`  ${line}`));
  }
}

/** Runs the test from the command line; returns the exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const options = parseOptions(argv);
  if (options === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  const emulator = findEmulator(options.firmware);
  if (options.alsoUefi) findEmulator('uefi');
  const artefacts = prepareArtefacts(options.artefacts);
  const interrupt = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => interrupt.abort(new Error(`stopped by ${name}`)));
  const startedAt = new Date();
  print(`booting ${options.machines === 1 ? 'one machine' : `${options.machines} machines`} by ${options.firmware.toUpperCase()}; logs in ${artefacts}`);
  const onResult = (result: CheckResult): void => print(formatResult(result));
  const checks = await runBootTest(options, emulator, artefacts, { onResult, say }, interrupt.signal);
  const seconds = (Date.now() - startedAt.getTime()) / 1000;
  if (checks.failed) printTails(artefacts);
  print(formatTotals(checks.results, seconds));
  if (options.junit !== undefined) writeFileSync(options.junit, formatJunit('boot-test', checks.results, seconds, startedAt));
  return checks.failed || interrupt.signal.aborted ? 1 : 0;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof UsageError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
