import { afterEach, describe, expect, it } from 'vitest';
import { createAgentClient } from '../../../../src/agent/protocol/agent-client';
import { InstallerRun, type InstallerEvent } from '../../../../src/agent/protocol/installer/installer-run';
import { leadControlPlane } from '../../../../src/agent/protocol/installer/lead-control-plane';
import type { HostStage } from '../../../../src/domain/host/stage';
import { clusterId, ScriptedService, type Script } from '../../../sim/scripted-service';

const [leader, ...others] = ['5f6f7a0e-0000-4000-8000-000000000001', '5f6f7a0e-0000-4000-8000-000000000002', '5f6f7a0e-0000-4000-8000-000000000003'] as const;
const services: ScriptedService[] = [];
afterEach(() => services.splice(0).forEach((service) => service.close()));

const isReport = (call: { method: string; path: string }, hostId: string): boolean => call.method === 'PUT' && call.path === `/hosts/${hostId}/progress`;

/** A bootstrap host that sees each other host one stage further than the service says. */
async function lead(script: Script): Promise<{ service: ScriptedService; events: InstallerEvent[]; done: Promise<void> }> {
  const service = await new ScriptedService(script).open();
  services.push(service);
  for (const id of [leader, ...others]) service.hosts.set(id, { id, href: '', status: 'installing-in-progress', status_info: '', role: 'master', progress: { current_stage: 'Configuring' } });
  const events: InstallerEvent[] = [];
  const nothing = (): Promise<void> => Promise.resolve();
  const seen = (stage: HostStage | undefined): HostStage | undefined => (stage === 'Configuring' ? 'Joined' : undefined);
  const run = new InstallerRun({
    role: 'bootstrap', singleNode: false, hostId: leader,
    client: createAgentClient({ url: service.url, clusterId, token: 'token', agentImage: 'agent:1' }),
    work: {
      enter: nothing, startBootkube: nothing, awaitBootkube: nothing, awaitController: nothing, writeImage: nothing, awaitNextLook: nothing,
      seenStage: (host) => Promise.resolve(seen(host.progress?.current_stage)),
      sendLogs: () => Promise.resolve(undefined),
    },
    retries: { attempts: 3, fromMs: 1, toMs: 2 }, signal: new AbortController().signal, observe: (event) => events.push(event),
  });
  return { service, events, done: leadControlPlane(run) };
}

describe('a bootstrap host', () => {
  it('reports what it sees of the other hosts until two masters have joined', async () => {
    const { service, events, done } = await lead(() => undefined);
    await done;
    expect(others.map((id) => service.hosts.get(id)?.progress?.current_stage)).toEqual(['Joined', 'Joined']);
    expect(events.map((event) => (event.kind === 'stage' ? `${event.hostId.slice(-1)} ${event.stage}` : event.kind))).toEqual([
      '1 Waiting for control plane', '2 Joined', '3 Joined', '1 Waiting for bootkube', '1 Waiting for controller',
    ]);
  });

  it('goes on when the controller has told of a later stage before it', async () => {
    const { events, done } = await lead((call, service) => {
      const host = service.hosts.get(others[0]);
      if (!host || !isReport(call, others[0])) return undefined;
      Object.assign(host, { status: 'installed', progress: { current_stage: 'Done' } });
      return { status: 409, body: { kind: 'Error', id: 409, href: '', code: '409', reason: 'it is installed' } };
    });
    await done;
    expect(events.filter((event) => event.kind === 'stage' && event.hostId === others[0])).toEqual([]);
  });

  it('gives up what is refused for another reason', async () => {
    const { done } = await lead((call) => (isReport(call, others[0]) ? { status: 500, body: {} } : undefined));
    await expect(done).rejects.toMatchObject({ status: 500 });
  });
});
