import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createArtefactRuns } from '../../src/db/artefact-runs';
import { schema, type DatabaseConnection } from '../../src/db/client';
import type { ClusterSnapshot } from '../../src/domain/cluster/model';
import type { ClusterStatus } from '../../src/domain/cluster/status';
import { findDataUrlText } from '../../src/domain/ignition/data-url';
import { parseIgnition } from '../../src/domain/ignition/parse-ignition';
import { ArtefactError } from '../../src/installer/artefact-error';
import { createArtefactMaker, type ArtefactMakerDeps } from '../../src/installer/artefact-maker';
import { createBuiltinGenerator } from '../../src/installer/builtin-generator';
import { findIgnitionFileText } from '../../src/installer/ignition/read-file';
import type { StoreOptions } from '../../src/store/create-store';
import type { Store } from '../../src/store/store';
import { hostIdOf, makeHosts, makeSnapshot, now, settings } from '../domain/validations/fixtures';
import { createTestStore } from '../store/create-test-store';
import { rawUploads } from '../store/raw-uploads';
import { openTestDatabase } from '../support/test-database';

let store: Store;
let storeOptions: StoreOptions;
let database: DatabaseConnection;

beforeAll(async () => {
  ({ store, options: storeOptions } = await createTestStore());
  database = await openTestDatabase();
});
afterAll(async () => {
  store.close();
  await database.close();
});

/** A cluster whose row says that this installation of it is being prepared. */
async function preparing(operators: string[] = [], installStartedAt = now): Promise<ClusterSnapshot> {
  const snapshot = makeSnapshot(makeHosts(1), { id: randomUUID(), status: 'preparing-for-installation', installStartedAt }, operators);
  const { id, name, userName, status, statusUpdatedAt } = snapshot.cluster;
  await database.db.insert(schema.clusters).values({ id, name, userName, status, statusUpdatedAt, installStartedAt });
  return snapshot;
}

async function beginAgain(snapshot: ClusterSnapshot, at: Date): Promise<ClusterSnapshot> {
  await database.db.update(schema.clusters).set({ installStartedAt: at, status: 'preparing-for-installation' }).where(eq(schema.clusters.id, snapshot.cluster.id));
  return { ...snapshot, cluster: { ...snapshot.cluster, installStartedAt: at } };
}

const setStatus = async (id: string, status: ClusterStatus): Promise<void> => {
  await database.db.update(schema.clusters).set({ status }).where(eq(schema.clusters.id, id));
};

const maker = (changes: Partial<ArtefactMakerDeps> = {}) =>
  createArtefactMaker({ store, generator: createBuiltinGenerator(), runs: createArtefactRuns(database.db), site: {}, settings, newId: randomUUID, ...changes });
const order = (snapshot: ClusterSnapshot) => ({ snapshot, pullSecret: '{"auths":{}}', now });
const read = async (id: string, name: string) => (await store.readObject({ bucket: 'private', key: `${id}/${name}` })).toString();

/** Names of a cluster's objects, without those that are kept of runs. */
async function names(id: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of store.listKeys('private', `${id}/`)) if (!key.startsWith(`${id}/runs/`)) keys.push(key.slice(id.length + 1));
  return keys.sort();
}

/** What is published must be of one run: the kubeconfig and the id are those that the bootstrap ignition holds. */
async function expectOneRun(id: string, openshiftClusterId: string): Promise<void> {
  const bootstrap = parseIgnition(await read(id, 'bootstrap.ign'));
  expect(findIgnitionFileText(bootstrap, '/opt/openshift/auth/kubeconfig')).toBe(await read(id, 'kubeconfig-noingress'));
  expect(parse(findIgnitionFileText(bootstrap, '/opt/openshift/manifests/cvo-overrides.yaml') ?? '')).toMatchObject({ spec: { clusterID: openshiftClusterId } });
  expect(JSON.parse(await read(id, 'metadata.json'))).toMatchObject({ clusterID: openshiftClusterId });
}

/** Holds up the n-th call of a method of the store until it is released; a list when it is complete. */
function stalling(method: 'putObject' | 'copyObject' | 'listKeys', call: number) {
  let release = (): void => undefined;
  let reached = (): void => undefined;
  const stalled = new Promise<void>((resolve) => (reached = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  let calls = 0;
  const holdUp = async (): Promise<void> => {
    calls += 1;
    if (calls !== call) return;
    reached();
    await released;
  };
  const held: Store = {
    ...store,
    putObject: async (...args) => {
      if (method === 'putObject') await holdUp();
      return store.putObject(...args);
    },
    listKeys: async function* (...args) {
      yield* store.listKeys(...args);
      if (method === 'listKeys') await holdUp();
    },
    copyObject: async (...args) => {
      if (method === 'copyObject') await holdUp();
      return store.copyObject(...args);
    },
  };
  return { store: held, stalled, release };
}

const made = ['bootstrap.ign', 'install-config.yaml', 'kubeadmin-password', 'kubeconfig-noingress', `master-${hostIdOf(1)}.ign`, 'master.ign', 'metadata.json', 'worker.ign'];
const generated = ['manifests/generated.json', 'manifests/openshift/50-masters-chrony-configuration.yaml', 'manifests/openshift/50-workers-chrony-configuration.yaml'];

describe('stored artefacts', () => {
  it('bring the controller with them where that is wanted, in the ignition of the bootstrap host and in no list', async () => {
    const snapshot = await preparing();
    const { id } = snapshot.cluster;
    const [namespace, own] = ['openshift/99_assisted-installer-controller_01-namespace.yaml', 'kind: Namespace\nmetadata:\n  name: own\n'];
    await store.putObject({ bucket: 'private', key: `${id}/manifests/${namespace}` }, own);
    const asked: unknown[] = [];
    const tokenOf = (of: { clusterId: string; pullSecret: string }) => Promise.resolve(`token ${asked.push(of)}`);
    await maker({ controller: { template: readFileSync('deploy/controller/controller.yaml', 'utf8'), tokenOf } }).make(order(snapshot));
    const files = (parseIgnition(await read(id, 'bootstrap.ign')).storage?.files ?? []).filter(({ path }) => path.includes('assisted-installer-controller'));
    const texts = new Map(files.map((file) => [file.path, findDataUrlText(file.contents?.source ?? '') ?? '']));
    expect(files.map(({ path, mode }) => [path.replace(/^.*_/, ''), mode])).toEqual([
      ['01-namespace.yaml', 0o600], ['02-serviceaccount.yaml', 0o600], ['03-clusterrole.yaml', 0o600], ['04-clusterrolebinding.yaml', 0o600], ['05-role.yaml', 0o600],
      ['06-rolebinding.yaml', 0o600], ['07-job.yaml', 0o600], ['08-secret.yaml', 0o600],
    ]);
    expect(texts.get(`/opt/openshift/${namespace}`)).toBe(own);
    expect(parse([...texts.values()].at(-1) ?? '')).toMatchObject({ kind: 'Secret', stringData: { CLUSTER_ID: id, PULL_SECRET_TOKEN: 'token 1' } });
    expect(asked).toEqual([{ clusterId: id, pullSecret: '{"auths":{}}' }]);
    expect((await names(id)).filter((name) => name.includes('controller'))).toEqual([`manifests/${namespace}`]);
    expect(await read(id, 'manifests/generated.json')).not.toContain('controller');
  });

  it('replace those of an earlier installation and its logs, are removed by a reset, and with all else by a removal', async () => {
    const snapshot = await preparing();
    const { id } = snapshot.cluster;
    const others = ['manifests/openshift/own.yaml', 'state'];
    const log = 'logs/controller/logs.tar.gz';
    const old = [...others, log, 'discovery.ign', `worker-${hostIdOf(9)}.ign`, 'kubeconfig', 'custom_manifests.yaml'];
    for (const name of old) await store.putObject({ bucket: 'private', key: `${id}/${name}` }, 'old: 1');
    await store.putObject({ bucket: 'private', key: `discovery-image-${id}.iso` }, 'image');
    const first = await maker().make(order(snapshot));
    expect(await maker().make(order(snapshot))).toEqual(first);
    expect(await names(id)).toEqual([...made, ...generated, ...others, 'discovery.ign'].sort());
    await expectOneRun(id, first.openshiftClusterId);
    expect(findIgnitionFileText(parseIgnition(await read(id, 'bootstrap.ign')), '/opt/openshift/openshift/own.yaml')).toBe('old: 1');
    await store.putObject({ bucket: 'private', key: `${id}/${log}` }, 'new');
    await setStatus(id, 'insufficient');
    for (let run = 0; run < 2; run += 1) {
      await maker().removeInstallation(id);
      expect(await names(id)).toEqual([...generated, ...others, log].sort());
    }
    const raw = rawUploads(storeOptions);
    await raw.leave(storeOptions.privateBucket, `${id}/${log}`);
    for (let run = 0; run < 2; run += 1) await maker().removeAll(id);
    expect(await raw.list(storeOptions.privateBucket, `${id}/`)).toEqual([]);
    raw.close();
    expect(await names(id)).toEqual([]);
    expect(await store.headObject({ bucket: 'private', key: `discovery-image-${id}.iso` })).toBeUndefined();
  });

  it('hold what the operators are told to do, made anew at each installation', async () => {
    const snapshot = await preparing(['cnv']);
    const { id } = snapshot.cluster;
    await maker().make(order(snapshot));
    expect(await read(id, 'custom_manifests.yaml')).toContain('kind: HyperConverged');
    const next = await beginAgain({ ...snapshot, operators: [] }, new Date(now.getTime() + 1));
    await maker().make(order(next));
    expect(await names(id)).not.toContain('custom_manifests.yaml');
    expect((await names(id)).filter((name) => name.includes('cnv'))).toEqual([]);
  });

  it.each([
    ['while it stores what it generated', 'putObject', 6],
    ['while it publishes', 'copyObject', 3],
  ] as const)('are of one run when an attempt stalls %s and wakes after the next one has ended', async (_title, method, call) => {
    const snapshot = await preparing();
    const { id } = snapshot.cluster;
    const stall = stalling(method, call);
    const first = maker({ store: stall.store }).make(order(snapshot));
    await stall.stalled;
    const second = await maker().make(order(snapshot));
    await expectOneRun(id, second.openshiftClusterId);
    const before = await Promise.all(made.map((name) => read(id, name)));
    stall.release();
    expect(await first).toEqual(second);
    expect(await Promise.all(made.map((name) => read(id, name)))).toEqual(before);
    await expectOneRun(id, second.openshiftClusterId);
  });

  it('of a later installation stay when an attempt of an earlier one wakes', async () => {
    const snapshot = await preparing();
    const { id } = snapshot.cluster;
    const stalls = [stalling('putObject', 6), stalling('copyObject', 3)];
    const late: Promise<unknown>[] = [];
    for (const stall of stalls) {
      late.push(maker({ store: stall.store }).make(order(snapshot)).catch((error: unknown) => error));
      await stall.stalled;
    }
    await setStatus(id, 'insufficient');
    await maker().removeInstallation(id);
    const { openshiftClusterId } = await maker().make(order(await beginAgain(snapshot, new Date(now.getTime() + 1))));
    const before = await Promise.all(made.map((name) => read(id, name)));
    stalls.forEach(({ release }) => release());
    for (const end of await Promise.all(late)) expect(end).toBeInstanceOf(Error);
    expect(await Promise.all(made.map((name) => read(id, name)))).toEqual(before);
    await expectOneRun(id, openshiftClusterId);
  });

  it.each([1, 2])('of a later installation stay when the removal of an earlier one, stalled after its list %i, wakes', async (call) => {
    const snapshot = await preparing();
    const { id } = snapshot.cluster;
    await maker().make(order(snapshot));
    await setStatus(id, 'insufficient');
    const stall = stalling('listKeys', call);
    const removal = maker({ store: stall.store }).removeInstallation(id).catch((error: unknown) => error);
    await stall.stalled;
    const { openshiftClusterId } = await maker().make(order(await beginAgain(snapshot, new Date(now.getTime() + 1))));
    const before = await Promise.all(made.map((name) => read(id, name)));
    stall.release();
    expect(await removal).toMatchObject({ message: expect.stringContaining('next installation') });
    await expect(maker().removeInstallation(id)).rejects.toThrow('next installation');
    await setStatus(id, 'installing');
    await maker().removeInstallation(id);
    expect(await Promise.all(made.map((name) => read(id, name)))).toEqual(before);
    await expectOneRun(id, openshiftClusterId);
  });

  it.each([[1, 'of the logs'], [4, 'of the runs'], [5, 'of the published files']])('and logs of a later installation stay when an attempt of an earlier one, stalled after its list %i, %s, wakes', async (call) => {
    const snapshot = await preparing();
    const { id } = snapshot.cluster;
    const log = `${id}/logs/controller/logs.tar.gz`;
    for (const key of [log, `${id}/worker-${hostIdOf(9)}.ign`]) await store.putObject({ bucket: 'private', key }, 'old');
    const stall = stalling('listKeys', call);
    const late = maker({ store: stall.store }).make(order(snapshot)).catch((error: unknown) => error);
    await stall.stalled;
    const { openshiftClusterId } = await maker().make(order(await beginAgain(snapshot, new Date(now.getTime() + 1))));
    await setStatus(id, 'installing');
    await store.putObject({ bucket: 'private', key: log }, 'new');
    const before = await Promise.all(made.map((name) => read(id, name)));
    stall.release();
    expect(await late).toBeInstanceOf(ArtefactError);
    expect(await read(id, 'logs/controller/logs.tar.gz')).toBe('new');
    expect(await Promise.all(made.map((name) => read(id, name)))).toEqual(before);
    await expectOneRun(id, openshiftClusterId);
  });

  it('are made again when those of the recorded run are gone', async () => {
    const snapshot = await preparing();
    const { id } = snapshot.cluster;
    const first = await maker().make(order(snapshot));
    await store.deletePrefix('private', `${id}/`);
    await expect(maker().make(order(snapshot))).rejects.toThrow('made again');
    const second = await maker().make(order(snapshot));
    expect(second).not.toEqual(first);
    await expectOneRun(id, second.openshiftClusterId);
  });

  it('are not published for a cluster that is not prepared any more', async () => {
    const snapshot = await preparing();
    await database.db.update(schema.clusters).set({ status: 'ready' }).where(eq(schema.clusters.id, snapshot.cluster.id));
    await expect(maker().make(order(snapshot))).rejects.toThrow('was ended');
    expect(await names(snapshot.cluster.id)).toEqual([]);
  });
});
