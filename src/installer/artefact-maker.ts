import type { ClusterSnapshot } from '../domain/cluster/model';
import type { Host } from '../domain/host/model';
import type { DomainSettings } from '../domain/settings';
import { ArtefactError } from './artefact-error';
import type { ArtefactGenerator, ArtefactSite, GenerateOptions } from './artefact-generator';
import type { ArtefactRuns, RecordedRun } from './artefact-runs';
import { day2IgnitionName, renderDay2Ignition } from './ignition/day2-ignition';
import { generateManifests } from './manifests/generate-manifests';
import { renderOperatorResources } from './manifests/operator-resources';
import { refreshManifests } from './manifests/refresh-manifests';
import { createRunFiles, type RunStore } from './run-files';

export interface ArtefactMakerDeps {
  store: RunStore;
  runs: ArtefactRuns;
  generator: ArtefactGenerator;
  site: ArtefactSite;
  settings: DomainSettings;
  /** Gives a UUID. */
  newId: () => string;
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
  /** Removes what an installation left; logs and the manifests stay. */
  removeInstallation(clusterId: string): Promise<void>;
  /** Removes every object of a cluster, its discovery image too. */
  removeAll(clusterId: string): Promise<void>;
}

/** Keeps the artefacts of clusters in the private bucket, below `<cluster id>/`. */
export function createArtefactMaker(deps: ArtefactMakerDeps): StoredArtefacts {
  const { store, runs } = deps;
  const files = createRunFiles(store);
  return {
    make: async (order, options = {}) => {
      const { id: clusterId, installStartedAt } = order.snapshot.cluster;
      if (!installStartedAt) throw new ArtefactError('the cluster is not being installed');
      const installation = { clusterId, startedAt: installStartedAt };
      const counting = (await runs.find(installation)) ?? (await runs.record(installation, await makeRun(deps, order, options)));
      if (!counting) throw new ArtefactError('the installation was ended while its artefacts were generated');
      options.onProgress?.('publish the files');
      const isCurrent = async () => (await runs.find(installation))?.run === counting.run;
      if (await files.publish(clusterId, counting.run, isCurrent, options)) return { openshiftClusterId: counting.openshiftClusterId };
      await runs.forget(installation, counting.run);
      throw new Error('the stored files of the installation are gone; they are made again');
    },
    storeDay2Ignition: async (snapshot, host) => {
      const key = `${snapshot.cluster.id}/${day2IgnitionName(host)}`;
      await store.putObject({ bucket: 'private', key }, JSON.stringify(renderDay2Ignition(snapshot, host)));
    },
    removeInstallation: (clusterId) => files.remove(clusterId),
    removeAll: async (clusterId) => {
      await store.deletePrefix('private', `${clusterId}/`);
      await store.deleteObject({ bucket: 'private', key: `discovery-image-${clusterId}.iso` });
    },
  };
}

/** Generates and stores the files of one attempt, where no other attempt writes. */
async function makeRun(deps: ArtefactMakerDeps, { snapshot, pullSecret, now }: InstallationOrder, options: GenerateOptions): Promise<RecordedRun> {
  const { store, generator, site, settings, newId } = deps;
  const clusterId = snapshot.cluster.id;
  const run = newId();
  await store.deletePrefix('private', `${clusterId}/logs/`, options);
  options.onProgress?.('make the manifests');
  const manifests = await refreshManifests(store, clusterId, generateManifests(snapshot, site), options);
  options.onProgress?.(`generate with ${generator.description}`);
  const made = await generator.generate({ snapshot, pullSecret, now, run, openshiftClusterId: newId(), manifests }, options);
  const resources = renderOperatorResources(snapshot, settings);
  options.onProgress?.('store the files');
  await createRunFiles(store).write(clusterId, run, { ...made.files, ...(resources === undefined ? {} : { 'custom_manifests.yaml': resources }) }, options);
  return { run, openshiftClusterId: made.openshiftClusterId };
}
