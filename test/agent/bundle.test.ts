import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { StepReply } from '../../src/agent/protocol/step';
import { findViolations } from '../sim/contract-schema';
import { clusterId, ScriptedService, step, steps } from '../sim/scripted-service';
import { startHttpProxy, startTlsFront } from '../support/http-proxy';
import { createTestCertificate } from '../support/test-certificate';
import { type AgentProcess, type AgentProgram, makeAgentProgram } from './agent-process';
import { eventually } from '../support/eventually';

let agent: AgentProgram;
const running: AgentProcess[] = [];
const services: ScriptedService[] = [];
beforeAll(async () => {
  agent = await makeAgentProgram();
});
const cleanUps: (() => void)[] = [];
afterEach(async () => {
  running.forEach(({ child }) => child.kill('SIGKILL'));
  await Promise.all(running.splice(0).map(({ ended }) => ended));
  services.splice(0).forEach((service) => service.close());
  cleanUps.splice(0).forEach((cleanUp) => cleanUp());
});
afterAll(() => agent?.remove());

function start(args: readonly string[], environment?: Record<string, string>): AgentProcess {
  const started = agent.start(args, environment);
  running.push(started);
  return started;
}

describe('the agent as one file', () => {
  it('prints the inventory of the machine it runs on', async () => {
    const run = start(['--inventory']);
    expect(await run.ended).toBe(0);
    expect(findViolations('inventory', JSON.parse(run.output()))).toEqual([]);
  });

  it('runs with the command line of its unit: registers, answers with its inventory, ends when it is asked to', async () => {
    const service = await new ScriptedService((call) => (call.method === 'GET' && call.path.endsWith('/instructions') ? steps(step('inventory')) : undefined)).open();
    services.push(service);
    const run = start(['--url', service.url, '--cluster-id', clusterId, '--agent-version', 'quay.io:443/agent:v1.2', '--insecure=false'], { PULL_SECRET_TOKEN: 'secret-token' });
    await eventually(() => expect(service.bodies('POST', '/instructions').length).toBe(1));
    expect(service.bodies('POST', '/hosts')).toMatchObject([{ discovery_agent_version: 'v1.2' }]);
    const [reply] = service.bodies('POST', '/instructions') as StepReply[];
    expect(findViolations('inventory', JSON.parse(reply?.output ?? ''))).toEqual([]);
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(run.output()).not.toContain('secret-token');
  });

  it('reaches a service with an authority of its own through the proxy of its environment', async () => {
    const service = await new ScriptedService((call) => (call.method === 'GET' && call.path.endsWith('/instructions') ? steps(step('inventory')) : undefined)).open();
    services.push(service);
    const tls = await createTestCertificate(['service.test']);
    const front = await startTlsFront(tls, Number(new URL(service.url).port));
    const proxy = await startHttpProxy({ names: { 'service.test:443': front.port }, credentials: 'me:pass' });
    cleanUps.push(front.close, proxy.close);
    const ca = join(dirname(agent.path), 'ca.pem');
    writeFileSync(ca, tls.cert);
    const run = start(['--url', 'https://service.test', '--cluster-id', clusterId, '--agent-version', 'agent:v1', '--cacert', ca], { HTTPS_PROXY: `http://me:pass@${proxy.place}`, NO_PROXY: '10.0.0.0/8,.svc' });
    await eventually(() => expect(service.bodies('POST', '/instructions').length, run.output()).toBe(1));
    expect(new Set(proxy.requests)).toEqual(new Set(['CONNECT service.test:443']));
    expect(run.output()).not.toContain('me:pass');
  });

  it.each([
    ['registration', 409, (method: string, path: string) => method === 'POST' && path === '/hosts'],
    ['poll', 404, (method: string, path: string) => method === 'GET' && path.endsWith('/instructions')],
  ])('stays when its %s is answered with %i: its unit would start it anew, and it would register again and again', async (_what, status, isRefused) => {
    const service = await new ScriptedService(({ method, path }) => (isRefused(method, path) ? { status, body: { kind: 'Error', id: status, href: '', code: String(status), reason: 'no' } } : undefined)).open();
    services.push(service);
    const run = start(['--url', service.url, '--cluster-id', clusterId, '--agent-version', 'agent:v1']);
    await eventually(() => expect(run.output()).toContain('sleeps until the machine is restarted'));
    // No connection keeps it any more; a program without anything to do ends at once.
    service.close();
    const calls = service.calls.length;
    expect(await Promise.race([run.ended, pause(2_000, 'still there')])).toBe('still there');
    expect(service.calls.length).toBe(calls);
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
  });

  it('says that a proxy is none, without its password', async () => {
    const run = start(['--url', 'http://x', '--cluster-id', 'c', '--agent-version', 'v'], { HTTP_PROXY: 'socks5://me:pass@proxy' });
    expect([await run.ended, run.output()]).toEqual([1, 'agent: HTTP_PROXY must be the address of a proxy that begins with http:// or https://, or its host and port\n']);
  });

  it.each([
    [[], '--url is needed'], [['--url', 'ftp://x'], '--url must be an address'], [['--url', 'http://x', '--cluster-id', 'c'], '--agent-version is needed'], [['--dry-run=maybe'], ''],
    [['--nonsense'], "Unknown option '--nonsense'"],
  ])('says what is wrong with %j', async (args, reason) => {
    const run = start(args);
    expect(await run.ended).toBe(2);
    expect(run.output()).toContain(reason);
  });
});
