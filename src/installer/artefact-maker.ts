import { discoveryImageKey } from '../domain/cluster/discovery-image';
import type { ClusterSnapshot } from '../domain/cluster/model';
import type { Host } from '../domain/host/model';
import type { DomainSettings } from '../domain/settings';
import { ArtefactError } from './artefact-error';
import type { ArtefactGenerator, ArtefactSite, GenerateOptions, Manifest } from './artefact-generator';
import type { ArtefactRuns, Installation, RecordedRun } from './artefact-runs';
import { fenceStore } from './fenced-store';
import { day2IgnitionName, renderDay2Ignition } from './ignition/day2-ignition';
import { renderControllerManifests } from './manifests/controller-manifests';
import { generateManifests } from './manifests/generate-manifests';
import { renderOperatorResources } from './manifests/operator-resources';
import { refreshManifests } from './manifests/refresh-manifests';
import { createRunFiles, type RunStore } from './run-files';

export interface ArtefactMakerDeps {
  store: RunStore & { deletePrefix(bucket: 'private', prefix: string): Promise<number>; abortUploads(bucket: 'private', prefix: string): Promise<number> };
  runs: ArtefactRuns;
  generator: ArtefactGenerator;
  site: ArtefactSite;
  settings: DomainSettings;
  /** Gives a UUID. */
  newId: () => string;
  /** Has new clusters run the controller by themselves; absent where somebody else sees to that. */
  controller?: {
    /** YAML of its objects. */
    template: string;
    /** What the controller of a cluster shows the service. */
    tokenOf: (order: { clusterId: string; pullSecret: string }) => Promise<string>;
  };
}

export interface InstallationOrder {
  snapshot: ClusterSnapshot;
  pullSecret: string;
  now: Date;
}

export interface StoredArtefacts {
  /**
   * Makes and stores all artefacts of an installation; whatever an earlier one left under their names goes, and its logs. Attempts for the same
   * installation may overlap: all of them publish the files of the one that was recorded first. Throws ArtefactError.
   */
  make(order: InstallationOrder, options?: GenerateOptions): Promise<{ openshiftClusterId: string }>;
  /** Stores the ignition that a host is added to a running cluster with. Throws IgnitionError. */
  storeDay2Ignition(snapshot: ClusterSnapshot, host: Host): Promise<void>;
  /**
   * Removes what an installation left; logs and the manifests stay. Nothing goes of a later installation: throws while that is prepared, which may
   * still come to nothing.
   */
  removeInstallation(clusterId: string): Promise<void>;
  /** Removes every object of a cluster, its discovery image too. */
  removeAll(clusterId: string): Promise<void>;
}

/** Keeps the artefacts of clusters in the private bucket, below `<cluster id>/`. */
export function createArtefactMaker(deps: ArtefactMakerDeps): StoredArtefacts {
  const { store, runs } = deps;
  return {
    make: async (order, options = {}) => {
      const { id: clusterId, installStartedAt } = order.snapshot.cluster;
      if (!installStartedAt) throw new ArtefactError('the cluster is not being installed');
      const installation = { clusterId, startedAt: installStartedAt };
      const counting = (await runs.find(installation)) ?? (await runs.record(installation, await makeRun(deps, installation, order, options)));
      if (!counting) throw new ArtefactError(ended);
      options.onProgress?.('publish the files');
      const published = fenceStore(store, async () => {
        await assertPreparing(runs, installation);
        if ((await runs.find(installation))?.run !== counting.run) throw new Error('another run counts for this installation by now');
      });
      if (await createRunFiles(published).publish(clusterId, counting.run, options)) return { openshiftClusterId: counting.openshiftClusterId };
      await runs.forget(installation, counting.run);
      throw new Error('the stored files of the installation are gone; they are made again');
    },
    storeDay2Ignition: async (snapshot, host) => {
      const key = `${snapshot.cluster.id}/${day2IgnitionName(host)}`;
      await store.putObject({ bucket: 'private', key }, JSON.stringify(renderDay2Ignition(snapshot, host)));
    },
    removeInstallation: async (clusterId) => {
      const assertOver = async (): Promise<void> => {
        if ((await runs.findPhase(clusterId)) !== 'none') throw new Error('the next installation of the cluster has begun');
      };
      // Once it is prepared, its files have taken the place of those that were to be removed.
      if ((await runs.findPhase(clusterId)) !== 'prepared') await createRunFiles(fenceStore(store, assertOver)).remove(clusterId);
    },
    removeAll: async (clusterId) => {
      await store.abortUploads('private', `${clusterId}/`);
      await store.deletePrefix('private', `${clusterId}/`);
      await store.deleteObject({ bucket: 'private', key: discoveryImageKey(clusterId) });
    },
  };
}

const ended = 'the installation was ended while its artefacts were generated';

async function assertPreparing(runs: ArtefactRuns, installation: Installation): Promise<void> {
  if (!(await runs.isPreparing(installation))) throw new ArtefactError(ended);
}

/** Generates and stores the files of one attempt, where no other attempt writes. */
async function makeRun(deps: ArtefactMakerDeps, installation: Installation, { snapshot, pullSecret, now }: InstallationOrder, options: GenerateOptions): Promise<RecordedRun> {
  const { runs, generator, site, settings, newId } = deps;
  const store = fenceStore(deps.store, () => assertPreparing(runs, installation));
  const files = createRunFiles(store);
  const { clusterId } = installation;
  const run = newId();
  await files.removeLogs(clusterId, options);
  options.onProgress?.('make the manifests');
  const manifests = await refreshManifests(store, clusterId, generateManifests(snapshot, site), options);
  options.onProgress?.(`generate with ${generator.description}`);
  const all = [...manifests, ...(await controllerManifests(deps, { snapshot, pullSecret, now }, manifests))];
  const made = await generator.generate({ snapshot, pullSecret, now, run, openshiftClusterId: newId(), manifests: all }, options);
  const resources = renderOperatorResources(snapshot, settings);
  options.onProgress?.('store the files');
  await files.write(clusterId, run, { ...made.files, ...(resources === undefined ? {} : { 'custom_manifests.yaml': resources }) }, options);
  return { run, openshiftClusterId: made.openshiftClusterId };
}

/** Not stored with the other manifests, which everybody sees who may see the cluster; one of the user's of the same name wins. */
async function controllerManifests({ controller, settings, site }: ArtefactMakerDeps, { snapshot: { cluster }, pullSecret }: InstallationOrder, others: readonly Manifest[]): Promise<Manifest[]> {
  if (!controller) return [];
  const token = await controller.tokenOf({ clusterId: cluster.id, pullSecret });
  const taken = new Set(others.map(({ path }) => path));
  return renderControllerManifests({ template: controller.template, cluster, token, settings, site }).filter(({ path }) => !taken.has(path));
}
