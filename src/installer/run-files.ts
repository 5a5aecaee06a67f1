import type { CallOptions, ManifestStore } from './manifests/stored-manifests';

type PrivateAddress = { bucket: 'private'; key: string };

/** What storing artefacts needs of the object store. */
export interface RunStore extends ManifestStore {
  /** Fails as NotFound when there is nothing to copy: what was deleted cannot come back by a copy that was meant before. */
  copyObject(from: PrivateAddress, to: PrivateAddress, options?: CallOptions): Promise<void>;
  deleteObjects(bucket: 'private', keys: readonly string[], options?: CallOptions): Promise<void>;
}

const fixedNames = new Set([
  'install-config.yaml', 'bootstrap.ign', 'master.ign', 'worker.ign', 'metadata.json', 'kubeadmin-password', 'kubeconfig-noingress', 'kubeconfig',
  'custom_manifests.yaml', 'discovery.ign',
]);
const hostName = /^(master|worker)-.+\.ign$/;
/** Belongs to the discovery image: a new preparation leaves it alone, a reset does not. */
const imageName = 'discovery.ign';
const parallelWrites = 8;

/**
 * The files of runs, below `<cluster>/runs/<run>/`, and those by which an installation goes, below `<cluster>/`. The latter are copies that the
 * S3 server makes of the former: once a run is removed, nobody can publish it any more, however late he wakes. Runs have names of their own, so
 * removing those that were listed does no harm later either; the rest is for a store with a fence.
 */
export function createRunFiles(store: RunStore) {
  const list = async (prefix: string, options: CallOptions): Promise<string[]> => {
    const names: string[] = [];
    for await (const key of store.listKeys('private', prefix, options)) names.push(key.slice(prefix.length));
    return names;
  };
  const listPublished = async (clusterId: string, options: CallOptions): Promise<string[]> =>
    (await list(`${clusterId}/`, options)).filter((name) => fixedNames.has(name) || hostName.test(name));
  const remove = async (prefix: string, names: readonly string[], options: CallOptions): Promise<void> => {
    if (names.length > 0) await store.deleteObjects('private', names.map((name) => prefix + name), options);
  };
  const runsOf = (clusterId: string) => `${clusterId}/runs/`;

  return {
    write: async (clusterId: string, run: string, files: Record<string, string | Buffer>, options: CallOptions): Promise<void> => {
      await inParallel(Object.entries(files), ([name, content]) => store.putObject({ bucket: 'private', key: `${runsOf(clusterId)}${run}/${name}` }, content, options));
    },

    /** Makes the files of a run those of the cluster; false when there are none of it. */
    publish: async (clusterId: string, run: string, options: CallOptions): Promise<boolean> => {
      const prefix = `${runsOf(clusterId)}${run}/`;
      const stored = await list(runsOf(clusterId), options);
      const names = stored.filter((name) => name.startsWith(`${run}/`)).map((name) => name.slice(run.length + 1));
      if (names.length === 0) return false;
      // Those that were listed, not those that are there by the time of the deletion.
      await remove(runsOf(clusterId), stored.filter((name) => !name.startsWith(`${run}/`)), options);
      await inParallel(names, (name) => store.copyObject({ bucket: 'private', key: prefix + name }, { bucket: 'private', key: `${clusterId}/${name}` }, options));
      const published = new Set([...names, imageName]);
      await remove(`${clusterId}/`, (await listPublished(clusterId, options)).filter((name) => !published.has(name)), options);
      return true;
    },

    /** Removes all runs, and then what was published of them. */
    remove: async (clusterId: string, options: CallOptions = {}): Promise<void> => {
      await remove(runsOf(clusterId), await list(runsOf(clusterId), options), options);
      await remove(`${clusterId}/`, await listPublished(clusterId, options), options);
    },

    /** Removes the logs of an earlier installation. */
    removeLogs: async (clusterId: string, options: CallOptions): Promise<void> => {
      await remove(`${clusterId}/logs/`, await list(`${clusterId}/logs/`, options), options);
    },
  };
}

async function inParallel<T>(entries: readonly T[], work: (entry: T) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < entries.length; start += parallelWrites) await Promise.all(entries.slice(start, start + parallelWrites).map(work));
}
