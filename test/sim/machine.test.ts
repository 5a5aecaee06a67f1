import { afterEach, describe, expect, it } from 'vitest';
import { createAgentClient } from '../../src/agent/protocol/agent-client';
import { agentRetryRules } from '../../src/agent/protocol/retry-rules';
import type { StepReply } from '../../src/agent/protocol/step';
import { createMachine } from '../../src/sim/machine/machine';
import { createMachineFacts } from '../../src/sim/machine/machine-facts';
import { profiles } from '../../src/sim/machine/profile';
import { createMachineNetwork } from '../../src/sim/network/machine-network';
import type { Pace } from '../../src/sim/pace';
import type { SimEvent } from '../../src/sim/sim-event';
import { createCheckingFetch } from './checking-fetch';
import { clusterId, type Script, ScriptedService, step, steps } from './scripted-service';
import { eventually } from '../support/eventually';

const pace: Pace = { pollDivisor: 60_000, shortestPollMs: 1, stageMs: 0, imageStepMs: 0, watchMs: 1 };
const installMaster = step('install', ['-c', 'podman run --name assisted-installer installer --role master --cluster-id c --host-id h']);
const services: ScriptedService[] = [];
afterEach(() => services.splice(0).forEach((service) => service.close()));

async function start(script: Script) {
  const service = await new ScriptedService(script).open();
  services.push(service);
  const { fetch, traffic } = createCheckingFetch();
  const events: SimEvent[] = [];
  const machine = createMachine({
    facts: createMachineFacts(profiles.standard, 0, createMachineNetwork(), 'test'),
    client: createAgentClient({ url: service.url, clusterId, token: 'token', agentImage: 'registry.example.com:5000/agent:v1', fetch }),
    pace,
    rules: agentRetryRules,
    observe: (event) => events.push(event),
    now: () => new Date(0),
  });
  const stop = new AbortController();
  const done = machine.run(stop.signal).catch((error: unknown) => error);
  const replies = () => service.bodies('POST', '/instructions') as StepReply[];
  return { service, machine, events, traffic, replies, done, stop: () => (stop.abort(new Error('switched off')), done) };
}

const isPoll = ({ method, path }: { method: string; path: string }): boolean => method === 'GET' && path.endsWith('/instructions');

describe('a machine', () => {
  it('registers with its id and version, polls and answers', async () => {
    const run = await start((call) => (isPoll(call) ? steps(step('inventory')) : undefined));
    await eventually(() => expect(run.replies().length).toBe(1));
    await run.stop();
    expect(run.service.bodies('POST', '/hosts')).toEqual([{ host_id: run.machine.facts.hostId, discovery_agent_version: 'v1' }]);
    expect(run.replies()[0]).toMatchObject({ step_type: 'inventory', step_id: 'inventory-00000001', exit_code: 0 });
    expect(run.traffic.violations).toEqual([]);
  });

  it('does not post the same output twice until a poll fails', async () => {
    let polls = 0;
    const run = await start((call) => {
      if (!isPoll(call)) return undefined;
      polls++;
      return polls === 5 ? { status: 503, body: { kind: 'Error', id: 503, href: '', code: '503', reason: 'busy' } } : steps(step('ntp-synchronizer', ['{"ntp_source":""}']));
    });
    await eventually(() => expect(polls).toBeGreaterThan(9));
    await run.stop();
    expect(run.replies().length).toBe(2);
    expect(run.events.filter((event) => event.kind === 'retry').length).toBe(1);
    expect(run.traffic.violations).toEqual([]);
  });

  it('sleeps for good when the service does not know it any more', async () => {
    const run = await start((call) => (isPoll(call) ? { status: 404, body: { kind: 'Error', id: 404, href: '', code: '404', reason: 'gone' } } : undefined));
    await eventually(() => expect(run.events.some((event) => event.kind === 'asleep')).toBe(true));
    await run.stop();
    expect(run.service.calls.filter(isPoll).length).toBe(1);
  });

  it('answers a step it does not know with a failure', async () => {
    const run = await start((call) => (isPoll(call) ? steps(step('domain-resolution')) : undefined));
    await eventually(() => expect(run.replies().length).toBeGreaterThan(0));
    await run.stop();
    expect(run.replies()[0]).toMatchObject({ exit_code: -1, error: 'unexpected step type domain-resolution' });
  });

  it('starts its agent anew after a reset', async () => {
    let resets = 0;
    const run = await start((call) => (isPoll(call) && resets++ === 0 ? steps(step('reset-installation')) : undefined));
    await eventually(() => expect(run.service.bodies('POST', '/hosts').length).toBe(2));
    await run.stop();
    expect(run.replies()).toMatchObject([{ step_type: 'reset-installation', exit_code: 0 }]);
  });
});

describe('an installation of a master', () => {
  it('reports its stages in order, refuses a second installer, and ends with the restart', async () => {
    const run = await start((call) => (isPoll(call) ? steps(installMaster) : undefined));
    expect(await run.done).toBeUndefined();
    const stages = run.service.bodies('PUT', '/progress') as { current_stage: string; progress_info: string }[];
    expect(stages.map((stage) => stage.current_stage)).toEqual([
      'Starting installation', 'Installing', ...Array.from({ length: 20 }, () => 'Writing image to disk'), 'Rebooting',
    ]);
    expect(stages[0]?.progress_info).toBe('master');
    expect(stages.slice(2, 22).map((stage) => stage.progress_info)).toEqual(Array.from({ length: 20 }, (_, at) => `${5 * (at + 1)}%`));
    const exits = run.replies().map((reply) => reply.exit_code);
    expect(exits.filter((code) => code !== 125)).toEqual([0]);
    expect(run.events.at(-1)).toEqual({ kind: 'rebooted', hostId: run.machine.facts.hostId });
    expect(run.traffic.violations).toEqual([]);
  });

  it('fails with the reason when its ignition cannot be had', async () => {
    const run = await start((call) => {
      if (isPoll(call)) return steps(installMaster);
      return call.path.endsWith('/downloads/ignition') ? { status: 200, body: { nothing: true } } : undefined;
    });
    await eventually(() => expect(run.replies().some((reply) => reply.exit_code === 1)).toBe(true));
    await run.stop();
    expect(run.replies().find((reply) => reply.exit_code === 1)).toMatchObject({ error: 'the ignition of the host is not an ignition configuration' });
  });
});
