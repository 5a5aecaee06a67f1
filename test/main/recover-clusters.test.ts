import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRecovered } from '../../src/db/recovery-mark';
import { loadSnapshot } from '../../src/db/load-snapshot';
import { createClusterRecoverer, type ClusterRecoverer } from '../../src/temporal/cluster-recoverer';
import { UnavailableError } from '../../src/temporal/errors';
import { recoverClusters, type ClusterRecovery, type RecoveryDeps } from '../../src/main/recover-clusters';
import { startRecovery } from '../../src/main/start-recovery';
import { createTestStore } from '../store/create-test-store';
import type { Store } from '../../src/store/store';
import { ClusterLife } from '../support/cluster-life';
import { createObjectMakers } from '../support/object-makers';
import { copyDatabase, loseDatabase } from '../support/table-copies';
import { verifyHistories } from '../support/verify-histories';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

let service: WorkflowService;
let store: Store;
let deps: RecoveryDeps;
let recoverer: ClusterRecoverer;
const slow = { timeout: 30_000, interval: 100 };

beforeAll(async () => {
  ({ store } = await createTestStore());
  service = await startWorkflowService(() => createObjectMakers(store));
  recoverer = createClusterRecoverer(service.environment.client);
  deps = { ...service.deps, recoverer };
});
afterAll(async () => {
  await service.close();
  store.close();
});

/** A cluster that the list of workflows shows: it follows the workflows a moment later. */
async function register(): Promise<ClusterLife> {
  const life = await new ClusterLife(service).register();
  await expect.poll(() => list(), slow).toContain(life.clusterId);
  await expect.poll(async () => (await life.explain()).documents.stored, slow).toBe(true);
  return life;
}

async function list(): Promise<string[]> {
  const ids: string[] = [];
  for await (const id of recoverer.listLiveClusters()) ids.push(id);
  return ids;
}

async function recover(): Promise<Map<string, ClusterRecovery['outcome']>> {
  const outcomes = new Map<string, ClusterRecovery['outcome']>();
  await recoverClusters(deps, ({ clusterId, outcome }) => outcomes.set(clusterId, outcome));
  return outcomes;
}

const rowsOf = (life: ClusterLife) => loadSnapshot(service.database.db, life.clusterId);

describe('recovering all clusters', () => {
  it('writes the rows of live ones again and changes nothing when it is done again, beside the service', async () => {
    const [first, second] = [await register(), await register()];
    await first.registerHosts(1);
    expect((await recover()).get(first.clusterId)).toBe('unchanged');
    const { length } = (await first.handle.fetchHistory()).events ?? [];
    expect((await recover()).get(first.clusterId)).toBe('unchanged');
    expect((await first.handle.fetchHistory()).events).toHaveLength(length);
    await loseDatabase(service.database.sql);
    expect(await recover()).toMatchObject(new Map([[first.clusterId, 'restored'], [second.clusterId, 'restored']]));
    expect((await rowsOf(first))?.snapshot.hosts).toMatchObject([{ id: first.hosts[0] }]);
    expect((await recover()).get(second.clusterId)).toBe('unchanged');
    await first.do({ operation: 'updateCluster', name: 'goes-on' });
  }, 120_000);

  it('gives a row its workflow again, and removes the rows of a cluster that was deleted for good', async () => {
    const [orphan, gone] = [await register(), await register()];
    const copy = await copyDatabase(service.database.sql);
    await gone.do({ operation: 'deregister' });
    await service.messenger.erase(gone.clusterId);
    await expect.poll(async () => (await gone.handle.describe()).status.name, slow).toBe('COMPLETED');
    await orphan.handle.terminate('test');
    await expect.poll(() => list(), slow).not.toContain(orphan.clusterId);
    await expect.poll(() => list(), slow).not.toContain(gone.clusterId);
    await loseDatabase(service.database.sql, copy);
    const outcomes = await recover();
    expect([outcomes.get(orphan.clusterId), outcomes.get(gone.clusterId)]).toEqual(['started', 'removed']);
    expect(await rowsOf(gone)).toBeUndefined();
    await expect.poll(async () => (await orphan.explain()).phase, slow).toBe('discover');
  }, 120_000);

  it('tells agents\' services what the workflow knows', async () => {
    const life = await register();
    await life.registerHosts(1);
    expect(await recoverer.knows(life.clusterId, {})).toBe(true);
    expect(await recoverer.knows(life.clusterId, { hostId: life.hosts[0] ?? '' })).toBe(true);
    expect(await recoverer.knows(life.clusterId, { hostId: life.clusterId })).toBe(false);
    await life.do({ operation: 'deregister' });
    expect(await recoverer.knows(life.clusterId, {})).toBe(false);
  });
});

describe('a process that starts', () => {
  const start = (changes: Partial<RecoveryDeps> = {}, hasWorkers = true) => startRecovery({ ...deps, ...changes }, { migrated: Promise.resolve(), migrate: () => Promise.resolve(), hasWorkers });

  it('on a lost database restores the clusters and only then says that it is ready, two at once', async () => {
    const life = await register();
    await loseDatabase(service.database.sql);
    const both = [start(), start()];
    const waiting = start({}, false);
    expect(both.map((recovery) => recovery.isRecovering())).toEqual([true, true]);
    await expect.poll(() => [...both, waiting].every((recovery) => !recovery.isRecovering()), slow).toBe(true);
    expect(await rowsOf(life)).toBeDefined();
    expect(await isRecovered(service.database.db)).toBe(true);
    for (const recovery of [...both, waiting]) recovery.stop();
  });

  it('does not take a database for new while Temporal does not answer', async () => {
    await loseDatabase(service.database.sql);
    const away: ClusterRecoverer = { ...recoverer, async *listLiveClusters() { throw new UnavailableError('no answer'); } };
    const recovery = start({ recoverer: away });
    await expect.poll(() => recovery.reasons().join(), slow).toContain('no answer');
    expect(await isRecovered(service.database.db)).toBe(false);
    recovery.stop();
  });
});

describe('everything that was played here', () => {
  it('replays and shows no secret', async () => {
    await verifyHistories(service);
  });
});
