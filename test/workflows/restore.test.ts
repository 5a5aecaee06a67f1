import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSnapshot } from '../../src/db/load-snapshot';
import { findPullSecret } from '../../src/db/pull-secret';
import type { Store } from '../../src/store/store';
import { factsChangedSignal } from '../../workflows/cluster/messages';
import { createTestStore } from '../store/create-test-store';
import { ClusterLife } from '../support/cluster-life';
import { createObjectMakers, plantedSecrets } from '../support/object-makers';
import { copyDatabase, loseDatabase } from '../support/table-copies';
import { verifyHistories } from '../support/verify-histories';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

let service: WorkflowService;
let store: Store;
const slow = { timeout: 30_000, interval: 50 };

beforeAll(async () => {
  ({ store } = await createTestStore());
  service = await startWorkflowService(() => createObjectMakers(store));
});
afterAll(async () => {
  await service.close();
  store.close();
});

const register = (): Promise<ClusterLife> => new ClusterLife(service).register();
const hasRows = async ({ clusterId }: ClusterLife): Promise<boolean> => (await loadSnapshot(service.database.db, clusterId)) !== undefined;
const isStored = async (life: ClusterLife): Promise<boolean> => (await life.explain()).documents.stored;

async function tell(life: ClusterLife): Promise<void> {
  await service.messenger.signal(life.clusterId, factsChangedSignal, { what: 'test' });
}

async function pullSecretOf({ clusterId }: ClusterLife): Promise<string> {
  const sealed = await findPullSecret(service.database.db, clusterId);
  return sealed ? service.deps.secretBox.open(sealed) : '';
}

describe('a lost database', () => {
  it('in the middle of an installation does not stop it', async () => {
    const life = await (await register()).discover();
    await life.do({ operation: 'updateCluster', additionalNtpSource: '10.3.3.3' });
    await life.install();
    await expect.poll(async () => (await life.snapshot()).hosts.every((host) => host.status === 'installing'), slow).toBe(true);
    const [first] = life.hosts;
    await life.progress(first ?? '', 'Installing');
    await expect.poll(() => isStored(life), slow).toBe(true);
    const before = await life.snapshot();

    await loseDatabase(service.database.sql);
    await tell(life);
    await expect.poll(() => hasRows(life), slow).toBe(true);

    const after = await life.snapshot();
    const { openshiftClusterId, additionalNtpSource, apiVip, serviceNetworkCidr, installStartedAt, createdAt } = before.cluster;
    expect(after.cluster).toMatchObject({ status: 'installing', openshiftClusterId, additionalNtpSource, apiVip, serviceNetworkCidr, installStartedAt, createdAt });
    expect(after.hosts.map(({ id, role, bootstrap, status, stage, installationDiskId }) => ({ id, role, bootstrap, status, stage, installationDiskId })))
      .toEqual(before.hosts.map(({ id, role, bootstrap, status, stage, installationDiskId }) => ({ id, role, bootstrap, status, stage, installationDiskId })));
    expect(await pullSecretOf(life)).toContain(plantedSecrets.pullSecret);
    expect(await life.eventNames()).toContain('cluster_restored');
    await expect.poll(async () => (await life.explain()).attentionNeeded, slow).toBeNull();

    await life.runStages();
    await life.finalize(store);
    expect((await life.snapshot()).hosts.map((host) => host.status)).toEqual(['installed', 'installed', 'installed']);
    expect((await store.readObject({ bucket: 'private', key: `${life.clusterId}/kubeconfig` })).toString()).toContain(plantedSecrets.key);
  }, 120_000);

  it('does not bring a deregistered cluster back', async () => {
    const [gone, kept] = [await register(), await register()];
    await gone.do({ operation: 'deregister' });
    await expect.poll(() => isStored(kept), slow).toBe(true);
    await loseDatabase(service.database.sql);
    await tell(gone);
    await tell(kept);
    await expect.poll(async () => (await hasRows(kept)) && (await hasRows(gone)), slow).toBe(true);
    expect((await loadSnapshot(service.database.db, gone.clusterId))?.row.deletedAt).not.toBeNull();
    expect((await loadSnapshot(service.database.db, kept.clusterId))?.row.deletedAt).toBeNull();
  });

  it('gives back what is carried of a cluster whose documents were never stored, and says so', async () => {
    const life = await register();
    await expect.poll(() => isStored(life), slow).toBe(true);
    await service.stateStore.deleteObject({ bucket: 'private', key: `${life.clusterId}/state` });
    await loseDatabase(service.database.sql);
    await tell(life);
    await expect.poll(() => hasRows(life), slow).toBe(true);
    expect((await life.snapshot()).cluster).toMatchObject({ name: 'pilot', userName: 'ann', orgId: '11', pullSecretSet: false });
    await expect.poll(async () => (await life.explain()).status, slow).not.toBe('ready');
  });
});

describe('an older database', () => {
  it('is brought up to date by the workflow, whose facts and documents win', async () => {
    const life = await (await register()).discover();
    const copy = await copyDatabase(service.database.sql);
    await life.registerHosts(1);
    await life.do({ operation: 'updateCluster', name: 'later', additionalNtpSource: '10.4.4.4' });
    await expect.poll(() => isStored(life), slow).toBe(true);
    await loseDatabase(service.database.sql, copy);
    await life.do({ operation: 'updateCluster', httpProxy: 'http://10.5.5.5:3128' });
    const { cluster, hosts } = await life.snapshot();
    expect(cluster).toMatchObject({ name: 'later', additionalNtpSource: '10.4.4.4', httpProxy: 'http://10.5.5.5:3128' });
    expect(hosts.map(({ id }) => id).sort()).toEqual([...life.hosts].sort());
    expect((await life.eventNames()).filter((name) => name === 'cluster_restored')).toHaveLength(1);
  });

  it('keeps the hosts that registered after it came back, and brings no deregistered one back', async () => {
    const life = await (await register()).registerHosts(2);
    const copy = await copyDatabase(service.database.sql);
    const [gone = '', stays = ''] = life.hosts;
    await life.do({ operation: 'deregisterHost', hostId: gone });
    await service.stopWorkers();
    await loseDatabase(service.database.sql, copy);
    const late = await life.registerHost();
    await service.startWorkers();
    await life.settled();
    expect((await life.snapshot()).hosts.map(({ id }) => id).sort()).toEqual([stays, late].sort());
  });
});

describe('everything that was played here', () => {
  it('replays and shows no secret', async () => {
    await verifyHistories(service);
  });
});
