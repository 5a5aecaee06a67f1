import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseOptions } from '../../src/cli/install-test/options';
import { runInstallTest } from '../../src/cli/install-test/run-install-test';
import type { CheckResult } from '../../src/cli/install-test/check-log';
import { type BenchStack, startStack } from '../load/bench-stack';
import { createCheckingFetch } from './checking-fetch';

let stack: BenchStack;
beforeAll(async () => {
  let output = '';
  stack = await startStack((text) => (output += text)).catch((error: unknown) => {
    throw new Error(output, { cause: error });
  });
}, 300_000);
afterAll(() => stack?.stop(), 60_000);

describe('an installation by simulated servers on the whole stack', () => {
  it('passes the install test, and every body on its way is what the contract says', async () => {
    const { file } = stack;
    const { fetch, traffic } = createCheckingFetch();
    const options = parseOptions(['--timeout', '120s']);
    if (options === 'help') throw new Error('help');
    const target = { url: file.api_url, token: file.user_token, agentToken: file.agent_token, pullSecret: file.pull_secret, amsUrl: file.ams_url, fetch };
    const failed: CheckResult[] = [];
    const onResult = (result: CheckResult): void => void (result.outcome === 'failed' && failed.push(result));
    const checks = await runInstallTest(options, target, { onResult, say: () => undefined }, new AbortController().signal);

    expect(failed).toEqual([]);
    expect([...new Set(traffic.violations)]).toEqual([]);
    expect(checks.results.length).toBeGreaterThan(30);
    const calls = (call: string): number => traffic.calls.get(call) ?? 0;
    expect(calls('RegisterHost 201')).toBe(3);
    expect(calls('PostStepReply 204')).toBeGreaterThan(3 * 6);
    expect(calls('UpdateHostInstallProgress 200')).toBeGreaterThan(3 * 25);
    expect(calls('ReportMonitoredOperatorStatus 200')).toBeGreaterThan(0);
    expect(calls('CompleteInstallation 202')).toBe(1);
  }, 180_000);
});
