import { afterAll, beforeAll, expect, it } from 'vitest';
import { registerHost } from '../../src/services/hosts/register-host';
import { reportStep } from '../../src/services/hosts/report-step';
import type { StepType } from '../../src/domain/host/step-type';
import { createMachineFacts } from '../../src/sim/machine/machine-facts';
import { makeInventory } from '../../src/sim/machine/make-inventory';
import { profiles } from '../../src/sim/machine/profile';
import { createMachineNetwork } from '../../src/sim/network/machine-network';
import { ClusterLife } from '../support/cluster-life';
import { reportOf } from '../support/mesh-report';
import { fetchRunHistories, textOf, type History } from '../support/run-histories';
import { verifyHistories } from '../support/verify-histories';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

const hostCount = 250;
/** Seven hundred reports take a busy machine a while. */
const patience = 60_000;
const now = new Date('2026-11-01T12:00:00Z');
let service: WorkflowService;

beforeAll(async () => {
  service = await startWorkflowService(() => ({
    images: { build: () => Promise.resolve({ sizeBytes: 1 }), find: () => Promise.resolve(undefined), remove: () => Promise.resolve() },
  }));
});
afterAll(() => service.close());

/** Sizes of what the local activities of a run brought back, in characters. */
const resultSizes = ({ events }: History): number[] => (events ?? []).flatMap(({ markerRecordedEventAttributes: marker }) => (marker?.details ? [textOf(marker.details.result).length] : []));

it('a cluster of 250 hosts is discovered, tells its workflow only of hosts that changed, and goes on in a new run', async () => {
  const life = await new ClusterLife(service).register();
  const { clusterId } = life;
  const runs = (): Promise<History[]> => fetchRunHistories(service.environment.client, life.workflowId);
  const agents = { db: service.database.db, messenger: service.messenger, settings: service.deps.settings, log: service.deps.log, metrics: service.deps.metrics };
  const network = createMachineNetwork('10.20.0.0/20');
  const machines = Array.from({ length: hostCount }, (_, index) => createMachineFacts(profiles.standard, index, network, clusterId.slice(0, 8)));
  const report = (hostId: string, stepType: StepType, output: unknown): Promise<void> =>
    reportStep(agents, clusterId, hostId, { stepType, stepId: `${stepType}-1`, exitCode: 0, output: JSON.stringify(output), error: '' });

  await Promise.all(machines.map(({ hostId }) => registerHost(agents, clusterId, { hostId, discoveryAgentVersion: 'v1' })));
  await Promise.all(machines.map((machine) => report(machine.hostId, 'inventory', makeInventory(machine, now))));
  await Promise.all(machines.map((machine) => report(machine.hostId, 'connectivity-check', reportOf(machine, machines, 0.4))));
  await life.settled(patience);

  const discovered = await life.snapshot();
  expect(discovered.hosts).toHaveLength(hostCount);
  expect(discovered.hosts.filter(({ status }) => status === 'discovering')).toEqual([]);
  expect(JSON.stringify(discovered.cluster.connectivityMajorityGroups).match(/[0-9a-f]{8}-/g)?.length).toBeGreaterThanOrEqual(hostCount);
  // A query waits for the workflow task that is under way, and the server does not wait for ever.
  await expect.poll(async () => (await life.explain()).hosts.map(({ id, status }) => `${id} ${status}`).sort(), { timeout: patience }).toEqual(discovered.hosts.map(({ id, status }) => `${id} ${status}`).sort());

  const [renamed] = machines;
  if (renamed === undefined) throw new Error('there is no machine');
  await report(renamed.hostId, 'inventory', makeInventory({ ...renamed, hostname: 'renamed' }, now));
  await life.settled(patience);
  await expect.poll(async () => (await life.explain()).hosts.find(({ id }) => id === renamed.hostId)?.name, { timeout: patience }).toBe('renamed');
  const discovery = (await runs()).at(-1);
  expect(discovery && resultSizes(discovery).at(-1)).toBeLessThan(2_000);

  const runCount = (await runs()).length;
  await life.do({ operation: 'deregister' });
  await expect.poll(async () => (await runs()).length, { timeout: patience }).toBe(runCount + 1);
  const histories = (await verifyHistories(service)).get(life.workflowId);
  const input = textOf(histories?.at(-1)?.events?.[0]?.workflowExecutionStartedEventAttributes?.input);
  expect(input.length).toBeLessThan(64 * 1024);
  expect(machines.filter(({ hostId }) => !input.includes(hostId))).toEqual([]);
}, 180_000);
