import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DatabaseConnection } from '../../../src/db/client';
import { markApplied } from '../../../src/db/mark-applied';
import { lockCluster, type LockedVersions } from '../../../src/db/record-facts';
import { openClusterLock, saveRestoredVersions } from '../../../src/db/restored-versions';
import type { ClusterFact } from '../../../src/domain/cluster/facts';
import { recordFacts } from '../../../src/services/facts/record-fact';
import { openTestDatabase } from '../../support/test-database';

let database: DatabaseConnection;
const at = new Date('2026-11-01T12:00:00Z');
const fact: ClusterFact = { kind: 'kubeconfigUploaded' };

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

/** A cluster's lock row, and what happens under it. */
async function open() {
  const clusterId = randomUUID();
  await database.db.transaction((tx) => openClusterLock(tx, clusterId));
  const locked = <T>(work: (tx: Parameters<typeof recordFacts>[0], versions: LockedVersions) => Promise<T>): Promise<T> =>
    database.db.transaction(async (tx) => {
      const versions = await lockCluster(tx, clusterId);
      if (!versions) throw new Error('the cluster is not there');
      return work(tx, versions);
    });
  return {
    record: (options?: { waiting?: boolean }) => locked((tx, versions) => recordFacts(tx, versions, [fact], at, options)),
    apply: () => locked((tx, versions) => markApplied(tx, versions, { appliedSeq: versions.appliedSeq, refreshId: '1', written: true })),
    restore: () => locked((tx, { factsVersion }) => saveRestoredVersions(tx, clusterId, { revision: 1, refreshId: '1', appliedVersion: 0, factsVersion })),
    versions: () => locked((_tx, versions) => Promise.resolve(versions)),
  };
}

it('the first of the facts that wait is told of, those after it are not, and after they are applied the next one is', async () => {
  const { record, apply, versions } = await open();
  expect([await record(), await record(), await record()]).toEqual([true, false, false]);
  expect(await versions()).toMatchObject({ factsVersion: 3, toldVersion: 1, appliedVersion: 0 });
  await apply();
  expect(await versions()).toMatchObject({ factsVersion: 3, appliedVersion: 3, laggingSince: null });
  expect([await record(), await record()]).toEqual([true, false]);
});

it('a fact that can wait is not told of, and the next one that cannot is', async () => {
  const { record } = await open();
  expect([await record({ waiting: true }), await record(), await record({ waiting: true }), await record()]).toEqual([false, true, false, false]);
});

it('rows that were restored know of no signal', async () => {
  const { record, restore } = await open();
  await record();
  await restore();
  expect(await record()).toBe(true);
});
