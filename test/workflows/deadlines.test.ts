import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepOnce } from '../../activities/sweep';
import { listAllHosts } from '../../src/db/queries/list-all-hosts';
import { clusters } from '../../src/db/schema/clusters';
import { hostFacts, hostHeartbeats } from '../../src/db/schema/hosts';
import type { Host } from '../../src/domain/host/model';
import type { HostStage } from '../../src/domain/host/stage';
import type { Store } from '../../src/store/store';
import { createTestStore } from '../store/create-test-store';
import { ClusterLife } from '../support/cluster-life';
import { domainSettings } from '../support/domain-settings';
import { makeInventory } from '../support/machines';
import { createObjectMakers } from '../support/object-makers';
import { verifyHistories } from '../support/verify-histories';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

let service: WorkflowService;
let store: Store;
const slow = { timeout: 30_000, interval: 50 };
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

beforeAll(async () => {
  ({ store } = await createTestStore());
  service = await startWorkflowService(() => ({ ...createObjectMakers(store), settings: domainSettings({ autoReset: true }) }), { timeSkipping: true });
});
afterAll(async () => {
  await service.close();
  store.close();
});

const skip = (ms: number): Promise<void> => service.environment.sleep(ms);
const register = (changes: Parameters<ClusterLife['register']>[0] = {}): Promise<ClusterLife> => new ClusterLife(service).register(changes);
const cluster = async (life: ClusterLife) => (await life.snapshot()).cluster;
const countEvents = async (life: ClusterLife, name: string): Promise<number> => (await life.eventNames()).filter((candidate) => candidate === name).length;

async function hostOf(life: ClusterLife, hostId: string | undefined): Promise<Host> {
  const host = (await life.snapshot()).hosts.find((candidate) => candidate.id === hostId);
  if (!host) throw new Error('no such host');
  return host;
}

async function toInstalling(): Promise<ClusterLife> {
  const life = await (await (await register()).discover()).install();
  await expect.poll(async () => (await life.snapshot()).hosts.map((host) => host.status), slow).toEqual(Array(3).fill('installing'));
  return life;
}

const toCancelled = async (): Promise<ClusterLife> => {
  const life = await toInstalling();
  await life.do({ operation: 'cancel' });
  return life;
};

/** Nothing happens before the deadline, and its consequence is there soon after. */
async function passes<T>(limit: number, state: () => Promise<T>, before: T, after: T): Promise<void> {
  await skip(limit - minute / 2);
  expect(await state()).toEqual(before);
  await skip(minute);
  await expect.poll(state, slow).toEqual(after);
}

describe('an installation', () => {
  it('that does not start on its hosts within 20 minutes has failed', async () => {
    const life = await toInstalling();
    await passes(20 * minute, async () => (await cluster(life)).status, 'installing', 'error');
    const { hosts } = await life.snapshot();
    expect(hosts.map((host) => host.statusInfo)).toEqual(Array(3).fill('The installation did not start on the host in time'));
  });

  it.each<[HostStage, number]>([
    ['Starting installation', 30 * minute], ['Waiting for control plane', hour], ['Waiting for bootkube', hour], ['Waiting for controller', hour], ['Installing', hour],
    ['Writing image to disk', 30 * minute], ['Rebooting', 70 * minute], ['Configuring', hour], ['Joined', hour],
  ])('fails when stage %s is not left in time', async (stage, limit) => {
    const life = await toInstalling();
    const [slowest] = (await life.snapshot()).hosts.filter((host) => host.bootstrap);
    for (const hostId of life.hosts) if (hostId !== slowest?.id) await life.record({ kind: 'hostProgress', hostId, stage: 'Done', info: '' });
    await life.record({ kind: 'hostProgress', hostId: slowest?.id ?? '', stage, info: '' });
    await passes(limit, async () => (await hostOf(life, slowest?.id)).status, 'installing-in-progress', 'error');
    expect((await hostOf(life, slowest?.id)).statusInfo).toMatch(/took longer than|no sufficient progress/);
    await life.reaches('error');
  });

  it('waits without end for a user who has to boot a host, and from then on as long as ever', async () => {
    const life = await toInstalling();
    const [paused, wrong] = life.hosts;
    if (paused === undefined || wrong === undefined) throw new Error('no hosts');
    for (const hostId of [paused, wrong]) await life.record({ kind: 'hostProgress', hostId, stage: 'Rebooting', info: '' });
    await life.record({ kind: 'hostRegistered', hostId: wrong, discoveryAgentVersion: 'v1', isNew: false });
    await life.record({ kind: 'hostProgress', hostId: life.hosts[2] ?? '', stage: 'Done', info: '' });
    await life.reaches('installing-pending-user-action');
    await skip(5 * hour);
    expect((await hostOf(life, paused)).status).toBe('installing-in-progress');
    await life.record({ kind: 'hostProgress', hostId: wrong, stage: 'Done', info: '' });
    await life.reaches('installing');
    await passes(70 * minute, async () => (await hostOf(life, paused)).status, 'installing-in-progress', 'error');
  });

  it('waits a day for the ignition of a worker', async () => {
    const life = await (await (await register()).discover(5)).install();
    await expect.poll(async () => (await life.snapshot()).hosts.every((host) => host.status === 'installing'), slow).toBe(true);
    const [worker, ...others] = (await life.snapshot()).hosts.sort((a, b) => Number(b.role === 'worker') - Number(a.role === 'worker'));
    for (const other of others) await life.record({ kind: 'hostProgress', hostId: other.id, stage: 'Done', info: '' });
    await life.record({ kind: 'hostProgress', hostId: worker?.id ?? '', stage: 'Waiting for ignition', info: '' });
    await passes(day, async () => (await hostOf(life, worker?.id)).status, 'installing-in-progress', 'error');
  });
});

describe('logs', () => {
  it('that nobody asks for after a failure are given up', async () => {
    const life = await toCancelled();
    await passes(10 * minute, async () => (await cluster(life)).logsInfo, '', 'timeout');
  });

  it('of the controller that were asked for are waited for; from each archive on the wait begins anew', async () => {
    const life = await toCancelled();
    await life.record({ kind: 'controllerLogsProgress', state: 'requested', uploaded: false });
    await skip(50 * minute);
    expect((await cluster(life)).logsInfo).toBe('requested');
    await life.record({ kind: 'controllerLogsProgress', state: 'collecting', uploaded: true });
    await passes(hour, async () => (await cluster(life)).logsInfo, 'collecting', 'timeout');
  });

  it('of hosts are waited for 10 minutes, and 2 for what follows an archive', async () => {
    const life = await toCancelled();
    const [asked, sending] = life.hosts;
    if (asked === undefined || sending === undefined) throw new Error('no hosts');
    await life.record({ kind: 'hostLogsProgress', hostId: asked, state: 'requested', uploaded: false });
    await life.record({ kind: 'hostLogsProgress', hostId: sending, state: 'collecting', uploaded: true });
    await passes(2 * minute, async () => (await hostOf(life, sending)).logsInfo, 'collecting', 'timeout');
    expect((await hostOf(life, asked)).logsInfo).toBe('requested');
    await skip(8 * minute);
    await expect.poll(async () => (await hostOf(life, asked)).logsInfo, slow).toBe('timeout');
  });
});

describe('a reset', () => {
  it('that no host carries out within 3 minutes asks the user for all of them', async () => {
    const life = await toInstalling();
    await life.do({ operation: 'reset' });
    const statuses = async () => (await life.snapshot()).hosts.map((host) => host.status);
    await passes(3 * minute, statuses, Array(3).fill('resetting'), Array(3).fill('resetting-pending-user-action'));
    expect(await countEvents(life, 'host_reset_needs_user')).toBe(3);
  });

  it('of a day-2 host asks for this one', async () => {
    const life = new ClusterLife(service);
    await life.do({ operation: 'registerAddHosts', name: 'running', userName: 'ann', orgId: '11', emailDomain: 'example.com', openshiftVersion: '4.8.14', apiVipDnsName: 'api.example.com' });
    await life.registerHosts(2);
    for (const [index, hostId] of life.hosts.entries()) {
      await life.step(hostId, 'inventory', makeInventory(index));
      await life.step(hostId, 'api-vip-connectivity-check', { is_success: true });
      await life.step(hostId, 'connectivity-check', { remote_hosts: [] });
    }
    const statuses = async () => (await life.snapshot()).hosts.map((host) => host.status);
    await expect.poll(statuses, slow).toEqual(['known', 'known']);
    const [hostId = ''] = life.hosts;
    await life.do({ operation: 'installHost', hostId });
    await life.do({ operation: 'resetHost', hostId });
    await passes(3 * minute, async () => (await hostOf(life, hostId)).status, 'resetting', 'resetting-pending-user-action');
    expect((await statuses()).sort()).toEqual(['known', 'resetting-pending-user-action']);
  });
});

describe('before an installation', () => {
  it('leases that DHCP does not give are told once, after 2 minutes', async () => {
    const life = await (await register({ vipDhcpAllocation: true })).registerHosts(1);
    await life.step(life.hosts[0] ?? '', 'inventory', makeInventory(0));
    await expect.poll(async () => (await cluster(life)).machineNetworkCidr, slow).toBe('192.168.126.0/24');
    await passes(2 * minute, () => countEvents(life, 'dhcp_lease_timeout'), 0, 1);
    await skip(hour);
    expect(await countEvents(life, 'dhcp_lease_timeout')).toBe(1);
  });

  it('a host that is silent for 3 minutes is disconnected, and back with its next check-in', async () => {
    const life = await (await register()).discover();
    const sweep = async (checkedInAt: Date) => {
      await life.moveHeartbeats(checkedInAt);
      await sweepOnce(service.deps, service.deps.sweep, new Date());
    };
    const statuses = async () => [...new Set((await life.snapshot()).hosts.map((host) => host.status))];
    await sweep(new Date(Date.now() - 2 * minute));
    expect(await statuses()).toEqual(['known']);
    await sweep(new Date(Date.now() - 4 * minute));
    await expect.poll(statuses, slow).toEqual(['disconnected']);
    await sweep(new Date('2100-01-01'));
    await expect.poll(statuses, slow).toEqual(['known']);
  });
});

describe('the end', () => {
  it('of a cluster whose hosts still check in is put off day by day, each time with a warning', async () => {
    const life = await (await register()).discover();
    await skip(21 * day - hour);
    expect(await countEvents(life, 'cluster_inactivity_warning')).toBe(2);
    await passes(hour, () => countEvents(life, 'cluster_inactivity_postponed'), 0, 1);
    await passes(day - minute / 2, () => countEvents(life, 'cluster_inactivity_postponed'), 1, 2);
    await life.moveHeartbeats(new Date('2020-01-01'));
    await skip(day);
    await expect.poll(() => life.eventNames(), slow).toContain('cluster_inactive_deregistered');
    const [row] = await service.database.db.select().from(clusters).where(eq(clusters.id, life.clusterId));
    expect(row?.deletedAt).toBeInstanceOf(Date);
  });

  it('of a deregistered host in a cluster that lives on comes after 72 hours', async () => {
    const life = await (await register()).discover();
    const [gone = randomUUID(), ...stay] = life.hosts;
    await life.do({ operation: 'deregisterHost', hostId: gone });
    const rows = async () => {
      const hosts = (await listAllHosts(service.database.db, life.clusterId)).map(({ id }) => id).sort();
      const facts = await service.database.db.select().from(hostFacts).where(eq(hostFacts.infraEnvId, life.clusterId));
      const heartbeats = await service.database.db.select().from(hostHeartbeats).where(eq(hostHeartbeats.infraEnvId, life.clusterId));
      return [hosts, facts.map(({ hostId }) => hostId).sort(), heartbeats.map(({ hostId }) => hostId).sort()];
    };
    const [all, left] = [[...life.hosts].sort(), [...stay].sort()];
    await passes(72 * hour, rows, [all, all, all], [left, left, left]);
    expect(await life.explain()).toMatchObject({ phase: 'discover' });
  });
});

describe('everything that was played here', () => {
  it('replays and shows no secret', async () => {
    await verifyHistories(service);
  }, 120_000);
});
