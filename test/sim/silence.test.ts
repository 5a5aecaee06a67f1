import { expect, it } from 'vitest';
import type { AgentClient } from '../../src/agent/protocol/agent-client';
import { createAgentClient } from '../../src/agent/protocol/agent-client';
import { createControllerClient } from '../../src/agent/protocol/controller-client';
import type { HostStage } from '../../src/domain/host/stage';
import { Silence } from '../../src/sim/silence';

/** A cluster of a bootstrap host, two masters and two workers whose reports are written down. */
function play(from: HostStage) {
  const heard: string[] = [];
  const doFetch: typeof fetch = async (input, init) => {
    const host = /hosts\/([^/]+)\/progress/.exec(input instanceof Request ? input.url : input.toString())?.[1];
    const { current_stage: stage } = (await new Response(init?.body).json()) as { current_stage: string };
    heard.push(`${host} ${stage}`);
    return new Response(null, { status: 200 });
  };
  const access = { url: 'http://service.example', clusterId: 'cluster', token: 'token', fetch: doFetch };
  const silence = new Silence(from);
  const controller = silence.ofController(createControllerClient(access));
  const off = new AbortController();
  const machine = (id: string): AgentClient => silence.ofMachine(id, createAgentClient({ ...access, agentImage: 'agent:1' }));
  const report = (id: string, stage: HostStage, info = ''): Promise<void> => machine(id).updateProgress(id, stage, info, off.signal);
  return { heard, silence, controller, machine, report, off };
}

it('the first master that gets to the stage hangs there, and nobody hears of it again', async () => {
  const { heard, silence, controller, machine, report, off } = play('Installing');
  await report('w1', 'Starting installation', 'worker');
  await report('m1', 'Starting installation', 'master');
  await report('b', 'Starting installation', 'bootstrap');
  await report('w1', 'Installing', 'worker');
  const hanging = report('m1', 'Installing', 'master');
  await report('b', 'Installing', 'bootstrap');
  await controller.updateProgress('m1', 'Joined', '');
  await machine('b').updateProgress('m1', 'Configuring', '', off.signal);
  expect(silence.hostId).toBe('m1');
  expect(heard).toEqual(['w1 Starting installation', 'm1 Starting installation', 'b Starting installation', 'w1 Installing', 'b Installing']);
  off.abort(new Error('switched off'));
  await expect(hanging).rejects.toThrow('switched off');
});

it.each([['Waiting for bootkube', 'b'], ['Waiting for ignition', 'w1']] as const)('%s silences one that has this stage', async (from, expected) => {
  const { silence, controller, report, off } = play(from);
  for (const [id, role] of [['m1', 'master'], ['w1', 'worker'], ['b', 'bootstrap']] as const) await report(id, 'Starting installation', role);
  await report('m1', 'Rebooting');
  await report('w1', 'Rebooting');
  expect(silence.hostId).toBeUndefined();
  // The stage itself may be passed over by those who watch.
  await controller.updateProgress('w1', 'Configuring', '');
  const bootstrap = report('b', 'Waiting for bootkube');
  expect(silence.hostId).toBe(expected);
  off.abort(new Error('switched off'));
  if (expected === 'b') await expect(bootstrap).rejects.toThrow('switched off');
  else await bootstrap.catch(() => undefined);
});
