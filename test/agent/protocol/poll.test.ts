import { afterEach, describe, expect, it } from 'vitest';
import { createAgentClient } from '../../../src/agent/protocol/agent-client';
import type { LoopEvent } from '../../../src/agent/protocol/loop-options';
import { poll } from '../../../src/agent/protocol/poll';
import { agentRetryRules } from '../../../src/agent/protocol/retry-rules';
import { clusterId, ScriptedService, type Script } from '../../sim/scripted-service';

const hostId = '7858a91a-ab38-39cf-7eaf-479d75e0bc2b';
let service: ScriptedService | undefined;
afterEach(() => service?.close());

/** Polls a service that asks once for an installation, which ends so; answers what the agent told and when it was through with the step. */
async function install(exitCode: number, answerTo: Script): Promise<{ events: LoopEvent[]; posts: () => number }> {
  let asked = 0;
  let posts = 0;
  const step = { step_type: 'install', step_id: 'install-1', command: 'podman', args: [] };
  const opened = await new ScriptedService((call, scripted) => {
    if (!call.path.endsWith('/instructions')) return undefined;
    if (call.method === 'POST') return (posts++, answerTo(call, scripted));
    return { status: 200, body: { next_instruction_seconds: 60, post_step_action: 'continue', instructions: asked++ === 0 ? [step] : null } };
  }).open();
  service = opened;
  const over = new AbortController();
  const events: LoopEvent[] = [];
  const client = createAgentClient({ url: opened.url, clusterId, token: 'token', agentImage: 'agent:1' });
  const polling = poll({
    client, hostId, rules: agentRetryRules, observe: (event) => events.push(event), toMs: (seconds) => seconds / 10, pollWaitMs: () => 5, now: () => performance.now(),
    play: () => Promise.resolve({ exitCode, output: '', error: exitCode === 0 ? '' : 'the disk is broken' }), inBackground: () => true,
    afterAnswer: () => over.abort(new Error('answered')),
  }, over.signal);
  await expect(polling).rejects.toThrow('answered');
  return { events, posts: () => posts };
}

describe('the end of an installation, which the service asks for once', () => {
  it('is told until the service hears of it, when it failed', async () => {
    let away = 0;
    const { events, posts } = await install(1, () => (++away <= 5 ? { status: 503, body: { reason: 'away' } } : undefined));
    expect(posts()).toBe(6);
    expect(events.filter(({ kind }) => kind === 'retry')).toHaveLength(5);
    expect(events.at(-1)).toEqual({ kind: 'replied', hostId, stepType: 'install', exitCode: 1 });
  });

  it('is told once when the service refuses to hear of it, or when it was a success: the machine restarts', async () => {
    expect((await install(1, () => ({ status: 404, body: { reason: 'no such host' } }))).posts()).toBe(1);
    service?.close();
    expect((await install(0, () => ({ status: 503, body: { reason: 'away' } }))).posts()).toBe(1);
  });
});
