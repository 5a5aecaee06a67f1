import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseOptions } from '../../../src/cli/fleet/options';
import { renderReport } from '../../../src/cli/fleet/report-table';
import { runFleet } from '../../../src/cli/fleet/run-fleet';
import type { Tally } from '../../../src/cli/fleet/tally';
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
  async function run(...args: string[]): Promise<Tally> {
    const options = parseOptions(['--data', stack.dataDir, ...args]);
    if (options === 'help') throw new Error('help');
    const tally = await runFleet(options, findTarget(options), () => undefined, new AbortController().signal);
    expect(tally.results.flatMap(({ failure }) => failure ?? []), renderReport(tally)).toEqual([]);
    expect(tally.leftovers).toBeUndefined();
    expect(await clustersOf(stack)).toEqual([]);
    return tally;
  }
  const endsOf = ({ results }: Tally): unknown => Object.fromEntries(results.map(({ profile, hosts, status, subscription }) => [profile, `${hosts} ${status}, ${subscription}`]));

  it('of all profiles ends as each must, with the subscriptions of its clusters, and leaves nothing behind', async () => {
    const profiles = ['standard', 'sno', 'slow', 'flaky', 'no-ntp', 'iso-again', 'small', 'duplicate-names', 'bad-disk', 'silent:Waiting for controller'];
    const tally = await run('--clusters', String(profiles.length), '--profile', profiles.join(','), '--until-timed-out');
    const [installed, refused] = ['3 installed, Active', '3 insufficient, released'];
    expect(endsOf(tally)).toEqual({
      standard: installed, sno: '1 installed, Active', slow: installed, flaky: installed, 'no-ntp': installed, 'iso-again': installed,
      small: refused, 'duplicate-names': refused, 'bad-disk': refused, 'silent:Waiting for controller': '3 error, released',
    });
    // The waits of its bootstrap host alone: three stages of 3 s and twenty steps of the image.
    expect(tally.results.find(({ profile }) => profile === 'slow')?.seconds).toBeGreaterThan(18);
    const metrics = await (await fetch(`${stack.file.api_url}/metrics`)).text();
    expect(metrics.split('\n').filter((line) => line.startsWith('http_request_duration_seconds_count') && line.includes('code="500"'))).toEqual([]);
  }, 600_000);

  it('of compact clusters has three masters however many hosts are asked for, and a silent worker keeps no cluster from its end', async () => {
    const tally = await run('--clusters', '2', '--hosts', '5', '--profile', 'compact,silent:Waiting for ignition');
    expect(endsOf(tally)).toEqual({ compact: '3 installed, Active', 'silent:Waiting for ignition': '5 installed, Active' });
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
