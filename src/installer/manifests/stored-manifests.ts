import type { Manifest } from '../artefact-generator';

export interface CallOptions {
  signal?: AbortSignal;
}

/** What the manifests of clusters need of the object store. */
export interface ManifestStore {
  listKeys(bucket: 'private', prefix: string, options?: CallOptions): AsyncIterable<string>;
  readObject(address: { bucket: 'private'; key: string }, options?: CallOptions): Promise<Buffer>;
  putObject(address: { bucket: 'private'; key: string }, body: Uint8Array | string, options?: CallOptions): Promise<unknown>;
  deleteObject(address: { bucket: 'private'; key: string }, options?: CallOptions): Promise<void>;
}

const manifestPath = /^(manifests|openshift)\/[^/]+\.(yaml|yml|json)$/;

/** Address of a manifest (`manifests/<file>` or `openshift/<file>`) of a cluster. */
export const manifestAddress = (clusterId: string, path: string) => ({ bucket: 'private', key: `${clusterId}/manifests/${path}` }) as const;

/** All manifests that are stored for a cluster: the user's own and those made by its last installation. */
export async function readManifests(store: ManifestStore, clusterId: string, options: CallOptions): Promise<Manifest[]> {
  const prefix = `${clusterId}/manifests/`;
  const manifests: Manifest[] = [];
  for await (const key of store.listKeys('private', prefix, options)) {
    const path = key.slice(prefix.length);
    if (manifestPath.test(path)) manifests.push({ path, content: (await store.readObject({ bucket: 'private', key }, options)).toString('utf8') });
  }
  return manifests;
}
