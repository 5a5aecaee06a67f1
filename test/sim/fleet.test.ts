import { afterEach, expect, it } from 'vitest';
import type { WireHost, WireOperator } from '../../src/agent/protocol/wire-cluster';
import { createFleet } from '../../src/sim/fleet';
import { createMachineFacts } from '../../src/sim/machine/machine-facts';
import { makeInventory } from '../../src/sim/machine/make-inventory';
import { profiles } from '../../src/sim/machine/profile';
import { createMachineNetwork } from '../../src/sim/network/machine-network';
import type { Pace } from '../../src/sim/pace';
import type { SimEvent } from '../../src/sim/sim-event';
import { clusterId, type Script, ScriptedService, step, steps } from './scripted-service';

const pace: Pace = { pollDivisor: 60_000, shortestPollMs: 1, stageMs: 0, imageStepMs: 0, watchMs: 1 };
let service: ScriptedService | undefined;
afterEach(() => service?.close());

/** What the service knows of the three machines from their inventories. */
const inventories = new Map([0, 1, 2].map((index) => {
  const facts = createMachineFacts(profiles.standard, index, createMachineNetwork(), clusterId.slice(0, 8));
  return [facts.hostId, JSON.stringify(makeInventory(facts, new Date(0)))];
}));

function installScript(operators: WireOperator[]): Script {
  let finalLooks = 0;
  return ({ method, path, body }, { hosts, cluster, calls }) => {
    const all = [...hosts.values()];
    const hostId = /^\/hosts\/([0-9a-f-]{36})/.exec(path)?.[1] ?? '';
    if (method === 'GET' && path.endsWith('/instructions')) {
      if (all.length < 3) return undefined;
      all.forEach((host, at) => Object.assign(host, { role: 'master', bootstrap: at === 2, inventory: inventories.get(host.id) ?? '' } satisfies Partial<WireHost>));
      return steps(step('install', [`podman run installer --role ${hosts.get(hostId)?.bootstrap ? 'bootstrap' : 'master'}`]));
    }
    if (method === 'GET' && path === '') {
      if (all.every((host) => host.status === 'installed') && cluster.status === 'installing') cluster.status = 'finalizing';
      if (calls.some((call) => call.path === '/actions/complete_installation') && finalLooks++ > 0) cluster.status = 'installed';
      return undefined;
    }
    if (path.startsWith('/monitored_operators') && method === 'GET') {
      const name = /operator_name=(.*)/.exec(path)?.[1];
      return { status: 200, body: operators.filter((operator) => name === undefined || operator.name === name) };
    }
    if (path === '/monitored_operators') Object.assign(operators.find((operator) => operator.name === (body as WireOperator).name) ?? {}, body);
    if (path === '/actions/complete_installation') return { status: 202, body: cluster };
    return undefined;
  };
}

it('three servers and their controller install a cluster', async () => {
  const operators: WireOperator[] = [{ name: 'console', operator_type: 'builtin' }, { name: 'cvo', operator_type: 'builtin' }];
  service = await new ScriptedService(installScript(operators)).open();
  const events: SimEvent[] = [];
  const fleet = createFleet({ url: service.url, clusterId, token: 'token', hostCount: 3, pace, observe: (event) => events.push(event) });
  await expect(fleet.run(AbortSignal.timeout(60_000))).resolves.toBe('installed');

  const stagesOf = (id: string) => events.flatMap((event) => (event.kind === 'stage' && event.hostId === id && event.stage !== 'Writing image to disk' ? [event.stage] : []));
  const bootstrap = [...service.hosts.values()].find((host) => host.bootstrap)?.id ?? '';
  for (const machine of fleet.machines) {
    const early = ['Starting installation', 'Installing'];
    const lead = machine.facts.hostId === bootstrap ? ['Waiting for control plane', 'Waiting for bootkube', 'Waiting for controller'] : [];
    expect(stagesOf(machine.facts.hostId)).toEqual([...early, ...lead, 'Rebooting', 'Configuring', 'Joined', 'Done']);
  }
  expect(operators.map((operator) => operator.status)).toEqual(['available', 'available']);
  expect(service.bodies('POST', '/uploads/ingress-cert')).toEqual([await fleet.ingressCa]);
  expect(service.bodies('POST', '/actions/complete_installation')).toEqual([{ is_success: true, error_info: '' }]);
});

it('ends with the cluster\'s failure', async () => {
  service = await new ScriptedService(({ method, path }, { hosts, cluster }) => {
    if (method === 'GET' && path === '/hosts') [...hosts.values()].forEach((host) => Object.assign(host, { bootstrap: true, status: 'installing-in-progress', progress: { current_stage: 'Waiting for controller' } }));
    if (method === 'GET' && path === '') cluster.status = 'error';
    return undefined;
  }).open();
  const fleet = createFleet({ url: service.url, clusterId, token: 'token', hostCount: 1, pace });
  await expect(fleet.run(AbortSignal.timeout(60_000))).resolves.toBe('error');
});

it('does not take the stages of an attempt that was reset for a control plane', async () => {
  let looks = 0;
  service = await new ScriptedService(({ method, path }, { hosts, cluster }) => {
    if (method !== 'GET' || path !== '/hosts') return undefined;
    const goesOn = ++looks > 3;
    [...hosts.values()].forEach((host) => Object.assign(host, { bootstrap: true, status: goesOn ? 'installing-in-progress' : 'resetting-pending-user-action', progress: { current_stage: 'Rebooting' } }));
    if (goesOn) cluster.status = 'error';
    return undefined;
  }).open();
  const fleet = createFleet({ url: service.url, clusterId, token: 'token', hostCount: 1, pace });
  await expect(fleet.run(AbortSignal.timeout(60_000))).resolves.toBe('error');
  const { calls } = service;
  const reports = calls.findIndex((call) => call.method === 'PUT' && call.path.endsWith('/progress'));
  const early = calls.slice(0, reports < 0 ? undefined : reports).filter((call) => call.method === 'GET' && call.path === '/hosts');
  expect(early.length).toBeGreaterThan(3);
});

it('hosts added to a running cluster have arrived when they restart', async () => {
  service = await new ScriptedService(({ method, path }, { cluster }) => {
    cluster.status = 'adding-hosts';
    return method === 'GET' && path.endsWith('/instructions') ? steps(step('install', ['podman run installer --role worker'])) : undefined;
  }).open();
  const events: SimEvent[] = [];
  const fleet = createFleet({ url: service.url, clusterId, token: 'token', hostCount: 2, pace, observe: (event) => events.push(event) });
  await expect(fleet.run(AbortSignal.timeout(60_000))).resolves.toBe('adding-hosts');
  expect(events.filter((event) => event.kind === 'rebooted')).toHaveLength(2);
  expect(service.bodies('POST', '/actions/complete_installation')).toEqual([]);
});

it('stops all its parts when it is told to', async () => {
  service = await new ScriptedService(() => undefined).open();
  const stop = new AbortController();
  const running = createFleet({ url: service.url, clusterId, token: 'token', hostCount: 2, pace }).run(stop.signal);
  stop.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
});
