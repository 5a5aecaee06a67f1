import { afterEach, describe, expect, it } from 'vitest';
import { createAgentClient } from '../../../../src/agent/protocol/agent-client';
import type { InstallerEvent, InstallerRole } from '../../../../src/agent/protocol/installer/installer-run';
import type { InstallerWork } from '../../../../src/agent/protocol/installer/installer-work';
import { runInstaller } from '../../../../src/agent/protocol/installer/run-installer';
import { sendLogArchive } from '../../../../src/agent/protocol/send-log-archive';
import { clusterId, ScriptedService, type Script } from '../../../sim/scripted-service';

const hostId = '5f6f7a0e-0000-4000-8000-000000000001';
const masters = [hostId, '5f6f7a0e-0000-4000-8000-000000000002', '5f6f7a0e-0000-4000-8000-000000000003'];
let service: ScriptedService | undefined;
afterEach(() => service?.close());

/** What an installer says and does, in its order: its calls, and its work in angle brackets. */
async function install(role: InstallerRole, singleNode: boolean, script: Script = () => undefined, changes: Partial<InstallerWork> = {}): Promise<{ steps: string[]; events: InstallerEvent[]; failure: string }> {
  const steps: string[] = [];
  const events: InstallerEvent[] = [];
  service = await new ScriptedService((call, scripted) => {
    const body = call.body as { current_stage?: string; progress_info?: string; logs_state?: string } | undefined;
    steps.push([call.method, call.path.replace(`/hosts/${hostId}`, '/own'), body?.current_stage, body?.progress_info, body?.logs_state].filter((part) => part !== undefined && part !== '').join(' '));
    return script(call, scripted);
  }).open();
  for (const id of masters) service.hosts.set(id, { id, href: '', status: 'installing-in-progress', status_info: '', role: 'master', progress: { current_stage: 'Joined' } });
  const client = createAgentClient({ url: service.url, clusterId, token: 'token', agentImage: 'agent:1' });
  const { signal } = new AbortController();
  const note = (what: string) => async () => void steps.push(`<${what}>`);
  const work: InstallerWork = {
    enter: () => Promise.resolve(), startBootkube: note('start bootkube'), awaitBootkube: note('bootkube is done'), awaitController: note('the controller runs'),
    writeImage: async (_ignition, report) => {
      for (const percent of [5, 10, 100]) await report(percent);
    },
    seenStage: () => Promise.resolve(undefined), awaitNextLook: () => Promise.resolve(),
    sendLogs: () => sendLogArchive(client, hostId, () => Promise.resolve(Buffer.from('logs')), signal),
    ...changes,
  };
  const run = runInstaller({ role, singleNode, hostId, client, work, retries: { attempts: 3, fromMs: 1, toMs: 2 }, signal, observe: (event) => events.push(event) });
  const failure = await run.then(() => '', (error: unknown) => (error instanceof Error ? error.message : String(error)));
  return { steps, events, failure };
}

const begin = (role: string): string[] => [`PUT /own/progress Starting installation ${role}`, `PUT /own/progress Installing ${role}`];
const write = ['GET /own/downloads/ignition', ...['5%', '10%', '100%'].map((percent) => `PUT /own/progress Writing image to disk ${percent}`)];
const sendLogs = ['PUT /own/logs_progress requested', `POST /logs?logs_type=host&host_id=${hostId}`, 'PUT /own/logs_progress completed'];
const end = ['PUT /own/progress Rebooting'];
const bootstrap = ['GET /downloads/files?file_name=bootstrap.ign', '<start bootkube>'];

describe('an installer', () => {
  it.each(['master', 'worker'] as const)('of a %s writes the image, sends its logs and restarts', async (role) => {
    expect((await install(role, false)).steps).toEqual([...begin(role), ...write, ...sendLogs, ...end]);
  });

  it('of a bootstrap host starts bootkube besides, and waits for the control plane, bootkube and the controller', async () => {
    expect((await install('bootstrap', false)).steps).toEqual([
      ...begin('bootstrap'), ...bootstrap, ...write, 'PUT /own/progress Waiting for control plane', 'GET /hosts', 'PUT /own/progress Waiting for bootkube', '<bootkube is done>',
      'PUT /own/progress Waiting for controller', '<the controller runs>', ...sendLogs, ...end,
    ]);
  });

  it('of a single node has bootkube done before it writes the image, and waits for nothing else', async () => {
    expect((await install('bootstrap', true)).steps).toEqual([...begin('bootstrap'), ...bootstrap, 'PUT /own/progress Waiting for bootkube', '<bootkube is done>', ...write, ...sendLogs, ...end]);
  });

  it('makes a call again that fails, and gives up after the last try', async () => {
    let refused = 0;
    const { steps, failure } = await install('worker', false, ({ path }) => (path.endsWith('/downloads/ignition') && ++refused < 3 ? { status: 503, body: { reason: 'later' } } : undefined));
    expect([failure, steps.filter((step) => step.endsWith('/downloads/ignition')).length, steps.at(-1)]).toEqual(['', 3, end[0]]);
    service?.close();
    expect((await install('worker', false, ({ path }) => (path.endsWith('/downloads/ignition') ? { status: 409, body: { reason: 'not now' } } : undefined))).failure).toContain('409 not now');
  });

  it('restarts although its logs cannot be sent, and installs nothing that is no ignition', async () => {
    const { steps, events, failure } = await install('worker', false, ({ path }) => (path.startsWith('/logs') ? { status: 500, body: { reason: 'no room' } } : undefined));
    expect([failure, steps.at(-1), events.find(({ kind }) => kind === 'logs-not-sent')]).toEqual(['', end[0], { kind: 'logs-not-sent', hostId, reason: expect.stringContaining('no room') }]);
    service?.close();
    const broken = await install('worker', false, ({ path }) => (path.endsWith('/downloads/ignition') ? { status: 200, body: { nothing: true } } : undefined));
    expect([broken.failure, broken.steps.at(-1)]).toEqual(['the ignition of the host is not an ignition configuration', 'GET /own/downloads/ignition']);
  });
});
