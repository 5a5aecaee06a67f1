import type { Manifest } from './artefact-generator';

interface CallOptions {
  signal?: AbortSignal;
}

/** What reading a user's manifests needs of the object store. */
export interface ManifestStore {
  listKeys(bucket: 'private', prefix: string, options?: CallOptions): AsyncIterable<string>;
  readObject(address: { bucket: 'private'; key: string }, options?: CallOptions): Promise<Buffer>;
}

const manifestPath = /^(manifests|openshift)\/[^/]+\.(yaml|yml|json)$/;

/** The manifests that a user wants a cluster to be installed with. */
export async function readManifests(store: ManifestStore, clusterId: string, options: CallOptions): Promise<Manifest[]> {
  const prefix = `${clusterId}/manifests/`;
  const manifests: Manifest[] = [];
  for await (const key of store.listKeys('private', prefix, options)) {
    const path = key.slice(prefix.length);
    if (manifestPath.test(path)) manifests.push({ path, content: (await store.readObject({ bucket: 'private', key }, options)).toString('utf8') });
  }
  return manifests;
}
