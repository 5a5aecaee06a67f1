import { describe, expect, it } from 'vitest';
import { createAgentClient } from '../../../src/agent/protocol/agent-client';
import type { LoopEvent } from '../../../src/agent/protocol/loop-options';
import { poll } from '../../../src/agent/protocol/poll';
import { register } from '../../../src/agent/protocol/register';
import { agentRetryRules } from '../../../src/agent/protocol/retry-rules';
import { fail, succeed } from '../../../src/agent/protocol/step-answer';

const clusterId = '1c9b4e52-5f0d-4d2e-9d0a-0f4a6c1f5a11';
const hostId = 'bbf2dead-3746-54cb-b32a-917afd236656';
const command = { command: 'podman', args: ['run', 'next_step_runner', '--cluster-id', clusterId, '--host-id', hostId], retry_seconds: 60 };

/** An agent whose service gives these answers, one after the other; it is switched off when they are used up. Waits are counted and not waited. */
function conversation(answers: readonly (Response | Error)[]) {
  const off = new AbortController();
  const waits: number[] = [];
  const events: LoopEvent[] = [];
  const calls: { method: string; url: string; headers: Headers; body: unknown }[] = [];
  const left = [...answers];
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    calls.push({ method: init.method ?? 'GET', url: input instanceof Request ? input.url : String(input), headers: new Headers(init.headers), body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined });
    const answer = left.shift();
    if (answer === undefined) {
      off.abort(new Error('switched off'));
      throw new Error('nobody');
    }
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const client = createAgentClient({ url: 'http://service', clusterId, token: 'the-token', agentImage: 'registry:5000/agent:v1.2', fetch });
  const toMs = (seconds: number): number => (waits.push(seconds), 0);
  return { off, waits, events, calls, loop: { client, hostId, rules: agentRetryRules, toMs, observe: (event: LoopEvent) => void events.push(event) } };
}

const json = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status });
const registered = (runner: unknown): Response => json(201, { id: hostId, next_step_runner_command: runner });
const ended = (work: Promise<unknown>): Promise<unknown> => work.then((value) => value, (error: unknown) => (error instanceof Error ? error.message : error));

describe('a registration', () => {
  it('carries the token, the version by header and body, and the id of the host', async () => {
    const { loop, calls, off } = conversation([registered(command)]);
    expect(await register(loop, off.signal)).toEqual({ clusterId, hostId, retrySeconds: 60 });
    const [{ method, url, headers, body } = { method: '', url: '', headers: new Headers(), body: {} }] = calls;
    expect([method, url, body]).toEqual(['POST', `http://service/api/assisted-install/v1/clusters/${clusterId}/hosts`, { host_id: hostId, discovery_agent_version: 'v1.2' }]);
    expect([headers.get('x-secret-key'), headers.get('discovery_agent_version')]).toEqual(['the-token', 'v1.2']);
  });

  it.each([
    ['400', json(400, { reason: 'no' }), [60]], ['500', json(500, {}), [60]], ['503', json(503, {}), [60]], ['422', json(422, {}), [60]], ['no answer', new Error('connection reset'), [60]],
    ['no command', registered(undefined), [3600]], ['a command without a host', registered({ command: 'podman', args: ['run'] }), [60]], ['an empty answer', new Response('', { status: 201 }), [60]],
    ['a page of a proxy', new Response('<html>', { status: 200 }), [60]], ['something else', json(200, [1]), [60]],
  ])('that is answered with %s is made again after a while', async (_what, answer, seconds) => {
    const { loop, waits, off } = conversation([answer, registered(command)]);
    expect(await register(loop, off.signal)).toMatchObject({ hostId });
    expect(waits).toEqual(seconds);
  });

  it.each([401, 403, 404, 409])('that is answered with %i is the last call', async (status) => {
    const { loop, waits, events, calls, off } = conversation([json(status, { reason: 'no' })]);
    const work = ended(register(loop, off.signal));
    await expect.poll(() => events.at(-1)?.kind).toBe('asleep');
    off.abort(new Error('switched off'));
    expect([await work, waits, calls.length]).toEqual(['switched off', [], 1]);
  });
});

describe('polling', () => {
  const run = async (answers: readonly (Response | Error)[], exitCode = 0) => {
    const seen = conversation(answers);
    let now = 0;
    // A reply is remembered for longer than all of them take.
    const toMs = (seconds: number): number => seen.loop.toMs(seconds) + (seconds === agentRetryRules.replyCacheSeconds ? 1_000 : 0);
    const work = poll({
      ...seen.loop, toMs, pollWaitMs: seen.loop.toMs, now: () => now, inBackground: () => false,
      play: async () => {
        now += 1;
        return exitCode === 0 ? succeed({ ntp_sources: [] }) : fail(exitCode, 'no');
      },
    }, seen.off.signal);
    const end = await ended(work);
    // The first is how long a reply is remembered.
    return { ...seen, end, waits: seen.waits.slice(1), posts: seen.calls.filter(({ method }) => method === 'POST').length };
  };
  const steps = (seconds: unknown, ...types: string[]): Response => json(200, { next_instruction_seconds: seconds, post_step_action: 'continue', instructions: types.map((type) => ({ step_type: type, step_id: `${type}-1`, command: 'sh', args: [] })) });
  const posted = (): Response => new Response(null, { status: 204 });

  it.each([
    ['as it is told', steps(120), 120], ['a minute when it is told nothing', steps(undefined), 60], ['a minute when it is told nonsense', steps(-5), 60],
    ['a minute after 500', json(500, {}), 60], ['a minute after 403', json(403, {}), 60], ['a minute after 409', json(409, {}), 60], ['a minute after no answer', new Error('reset'), 60],
    ['a minute after a page of a proxy', new Response('<html>', { status: 200 }), 60], ['a minute after null', json(200, null), 60], ['a minute after a list', json(200, []), 60],
  ])('waits %s', async (_what, answer, seconds) => {
    const { waits, end } = await run([answer]);
    expect([waits[0], end]).toEqual([seconds, 'switched off']);
  });

  it.each([401, 404])('ends for good with %i', async (status) => {
    const { loop, events, calls, off } = conversation([json(status, {})]);
    const work = ended(poll({ ...loop, pollWaitMs: loop.toMs, now: () => 0, inBackground: () => true, play: async () => undefined }, off.signal));
    await expect.poll(() => events.at(-1)?.kind).toBe('asleep');
    off.abort(new Error('switched off'));
    expect([await work, calls.length]).toEqual(['switched off', 1]);
  });

  it('posts the same successful output once, and again after a poll that failed', async () => {
    const ask = (): Response => steps(60, 'ntp-synchronizer');
    expect((await run([ask(), posted(), ask(), ask()])).posts).toBe(1);
    expect((await run([ask(), posted(), json(500, {}), ask(), posted()])).posts).toBe(2);
  });

  it('posts a failure each time, and a reply that did not arrive with the next one', async () => {
    const ask = (): Response => steps(60, 'ntp-synchronizer');
    expect((await run([ask(), posted(), ask(), posted()], 1)).posts).toBe(2);
    expect((await run([ask(), json(500, {}), ask(), posted(), ask()])).posts).toBe(2);
  });

  it('leaves out a step it does not know, says so, and carries out the others', async () => {
    const { posts, events } = await run([steps(60, 'make-coffee', 'ntp-synchronizer', 'constructor'), posted()]);
    expect([posts, events.filter(({ kind }) => kind === 'ignored')]).toEqual([1, [
      expect.objectContaining({ reason: expect.stringContaining('make-coffee') }), expect.objectContaining({ reason: expect.stringContaining('constructor') }),
    ]]);
  });
});
