import { createHash } from 'node:crypto';
import type { CallOptions, ManifestStore } from './stored-manifests';

/** Manifests that the service made for a cluster, by path: the SHA-256 of every content it may have stored under it. */
export type GeneratedRecord = Record<string, string[]>;

export const hashOf = (content: string): string => createHash('sha256').update(content).digest('hex');

/** Beside the folders of the manifests, so that no list shows it; it stays as long as they do. */
const recordAddress = (clusterId: string) => ({ bucket: 'private', key: `${clusterId}/manifests/generated.json` }) as const;

/** What earlier installations stored; empty before the first. */
export async function readGeneratedRecord(store: ManifestStore, clusterId: string, options: CallOptions): Promise<GeneratedRecord> {
  const { bucket, key } = recordAddress(clusterId);
  for await (const found of store.listKeys(bucket, key, options)) {
    if (found === key) return JSON.parse((await store.readObject({ bucket, key }, options)).toString('utf8')) as GeneratedRecord;
  }
  return {};
}

export async function writeGeneratedRecord(store: ManifestStore, clusterId: string, record: GeneratedRecord, options: CallOptions): Promise<void> {
  await store.putObject(recordAddress(clusterId), JSON.stringify(record), options);
}
