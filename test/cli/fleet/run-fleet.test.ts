import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseOptions } from '../../../src/cli/fleet/options';
import { renderReport } from '../../../src/cli/fleet/report-table';
import { runFleet } from '../../../src/cli/fleet/run-fleet';
import { findTarget } from '../../../src/cli/install-test/target';
import { createUserApi } from '../../../src/cli/install-test/user-api';
import { type BenchStack, startStack } from '../../load/bench-stack';

let stack: BenchStack;
beforeAll(async () => {
  let output = '';
  // A stage that nobody else stays in for more than a moment.
  stack = await startStack((text) => (output += text), { HOST_STAGE_TIMEOUTS: 'Waiting for bootkube=30s' }).catch((error: unknown) => {
    throw new Error(output, { cause: error });
  });
}, 300_000);
afterAll(() => stack?.stop(), 60_000);

const clustersOf = async ({ file }: BenchStack): Promise<(string | undefined)[]> =>
  (await createUserApi({ url: file.api_url, token: file.user_token }, AbortSignal.timeout(60_000)).list()).map(({ name }) => name);

/** The command as a user gives it; Ctrl-C comes once, with the first line that is as said. */
async function command(args: readonly string[], stopAt?: RegExp): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/fleet.ts', '--data', stack.dataDir, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let stopped = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (!stopped && stopAt?.test(output)) stopped = child.kill('SIGINT');
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}

describe('a fleet on the whole stack', () => {
  it('of all profiles ends as each must, with the subscriptions of its clusters, and leaves nothing behind', async () => {
    const profiles = ['standard', 'compact', 'sno', 'flaky', 'iso-again', 'small', 'duplicate-names', 'bad-disk', 'silent:Waiting for controller'];
    const options = parseOptions(['--data', stack.dataDir, '--clusters', String(profiles.length), '--profile', profiles.join(','), '--until-timed-out']);
    if (options === 'help') throw new Error('help');
    const tally = await runFleet(options, findTarget(options), () => undefined, new AbortController().signal);

    expect(tally.results.flatMap(({ failure }) => failure ?? []), renderReport(tally)).toEqual([]);
    const ends = Object.fromEntries(tally.results.map(({ profile, status, subscription }) => [profile, `${status}, ${subscription}`]));
    const [installed, refused] = ['installed, Active', 'insufficient, released'];
    expect(ends).toEqual({
      standard: installed, compact: installed, sno: installed, flaky: installed, 'iso-again': installed,
      small: refused, 'duplicate-names': refused, 'bad-disk': refused, 'silent:Waiting for controller': 'error, released',
    });
    expect(tally.leftovers).toBeUndefined();
    expect(await clustersOf(stack)).toEqual([]);
    const metrics = await (await fetch(`${stack.file.api_url}/metrics`)).text();
    expect(metrics.split('\n').filter((line) => line.startsWith('http_request_duration_seconds_count') && line.includes('code="500"'))).toEqual([]);
  }, 600_000);

  it('is ended by Ctrl-C with its clusters, and the next one runs to its end', async () => {
    const stopped = await command(['--clusters', '2'], /\d requests/);
    expect(stopped.code, stopped.output).toBe(130);
    expect(await clustersOf(stack)).toEqual([]);

    const dir = mkdtempSync(join(tmpdir(), 'fleet-report-'));
    const next = await command(['--clusters', '1', '--profile', 'sno', '--junit', join(dir, 'fleet.xml')]);
    const report = readFileSync(join(dir, 'fleet.xml'), 'utf8');
    rmSync(dir, { recursive: true });
    expect(next.code, next.output).toBe(0);
    expect(report).toContain('<testsuite name="fleet" tests="1" failures="0"');
    expect(report).toMatch(/<testcase classname="fleet\.sno" name="fleet-[0-9a-f]{6}-0" time="[\d.]+"\/>/);
  }, 600_000);
});
