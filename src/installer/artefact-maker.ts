import type { ClusterSnapshot } from '../domain/cluster/model';
import type { Host } from '../domain/host/model';
import type { ArtefactGenerator } from './artefact-generator';
import { readManifests, type ManifestStore } from './read-manifests';
import { day2IgnitionName, renderDay2Ignition } from './ignition/day2-ignition';

interface CallOptions {
  signal?: AbortSignal;
}

/** What storing artefacts needs of the object store. */
export interface ArtefactStore extends ManifestStore {
  putObject(address: { bucket: 'private'; key: string }, body: Uint8Array | string, options?: CallOptions): Promise<unknown>;
  deletePrefix(bucket: 'private', prefix: string, options?: CallOptions & { keep?: (key: string) => boolean }): Promise<number>;
  deleteObject(address: { bucket: 'private'; key: string }, options?: CallOptions): Promise<void>;
}

export interface StoredArtefacts {
  /** Makes and stores all artefacts of an installation; whatever an earlier one left under their names goes, and its logs. */
  make(input: { snapshot: ClusterSnapshot; pullSecret: string; now: Date }, signal: AbortSignal): Promise<{ openshiftClusterId: string }>;
  /** Stores the ignition that a host is added to a running cluster with. Throws IgnitionError. */
  storeDay2Ignition(snapshot: ClusterSnapshot, host: Host): Promise<void>;
  /** Removes what an installation left; logs and the user's manifests stay. */
  removeInstallation(clusterId: string): Promise<void>;
  /** Removes every object of a cluster, its discovery image too. */
  removeAll(clusterId: string): Promise<void>;
}

const fixedNames = new Set([
  'install-config.yaml', 'bootstrap.ign', 'master.ign', 'worker.ign', 'metadata.json', 'kubeadmin-password', 'kubeconfig-noingress', 'kubeconfig',
  'custom_manifests.yaml', 'discovery.ign',
]);
const hostName = /^(master|worker)-.+\.ign$/;
/** Belongs to the discovery image: a new preparation leaves it alone, a reset does not. */
const imageName = 'discovery.ign';

/** Keeps the artefacts of clusters in the private bucket, below `<cluster id>/`. `newId` gives a UUID. */
export function createArtefactMaker({ store, generator, newId }: { store: ArtefactStore; generator: ArtefactGenerator; newId: () => string }): StoredArtefacts {
  const removeArtefacts = (clusterId: string, keepName: (name: string) => boolean, options: CallOptions = {}) =>
    store.deletePrefix('private', `${clusterId}/`, { ...options, keep: (key) => {
      const name = key.slice(clusterId.length + 1);
      return !(fixedNames.has(name) || hostName.test(name)) || keepName(name);
    } });
  return {
    make: async ({ snapshot, pullSecret, now }, signal) => {
      const clusterId = snapshot.cluster.id;
      const manifests = await readManifests(store, clusterId, { signal });
      const { files, openshiftClusterId } = await generator.generate({ snapshot, pullSecret, now, openshiftClusterId: newId(), manifests }, { signal });
      await removeArtefacts(clusterId, (name) => name in files || name === imageName, { signal });
      await store.deletePrefix('private', `${clusterId}/logs/`, { signal });
      for (const [name, content] of Object.entries(files)) {
        await store.putObject({ bucket: 'private', key: `${clusterId}/${name}` }, content, { signal });
      }
      return { openshiftClusterId };
    },
    storeDay2Ignition: async (snapshot, host) => {
      const key = `${snapshot.cluster.id}/${day2IgnitionName(host)}`;
      await store.putObject({ bucket: 'private', key }, JSON.stringify(renderDay2Ignition(snapshot, host)));
    },
    removeInstallation: async (clusterId) => {
      await removeArtefacts(clusterId, () => false);
    },
    removeAll: async (clusterId) => {
      await store.deletePrefix('private', `${clusterId}/`);
      await store.deleteObject({ bucket: 'private', key: `discovery-image-${clusterId}.iso` });
    },
  };
}
