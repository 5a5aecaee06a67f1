import { parseAllDocuments } from 'yaml';
import { ArtefactError } from '../artefact-error';
import type { Manifest } from '../artefact-generator';
import { hashOf, readGeneratedRecord, writeGeneratedRecord, type GeneratedRecord } from './generated-record';
import { manifestAddress, readManifests, type CallOptions, type ManifestStore } from './stored-manifests';

/**
 * Stores the manifests made for this installation beside the user's, where the user's lists and downloads show them, and takes away those that
 * an earlier installation made and this one does not. A user's own manifest always stays and wins over a generated one of its name: what the
 * service made is told by its hash, recorded before it is stored.
 * @returns all manifests to install with. Throws ArtefactError when one of them cannot be read.
 */
export async function refreshManifests(store: ManifestStore, clusterId: string, generated: readonly Manifest[], options: CallOptions): Promise<Manifest[]> {
  const before = await readGeneratedRecord(store, clusterId, options);
  const stored = await readManifests(store, clusterId, options);
  const own = stored.filter(({ path, content }) => !before[path]?.includes(hashOf(content)));
  const ownPaths = new Set(own.map(({ path }) => path));
  own.forEach(checkManifest);
  const made = generated.filter(({ path }) => !ownPaths.has(path));
  const after: GeneratedRecord = Object.fromEntries(made.map(({ path, content }) => [path, [hashOf(content)]]));
  await writeGeneratedRecord(store, clusterId, mergeRecords(before, after), options);
  for (const { path, content } of made) await store.putObject(manifestAddress(clusterId, path), content, options);
  const madePaths = new Set(made.map(({ path }) => path));
  const outdated = stored.filter(({ path }) => !ownPaths.has(path) && !madePaths.has(path));
  for (const { path } of outdated) await store.deleteObject(manifestAddress(clusterId, path), options);
  await writeGeneratedRecord(store, clusterId, after, options);
  return [...own, ...made];
}

function mergeRecords(before: GeneratedRecord, after: GeneratedRecord): GeneratedRecord {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries([...paths].map((path) => [path, [...new Set([...(before[path] ?? []), ...(after[path] ?? [])])]]));
}

/** It was checked when the user sent it; what comes from the store may have changed since, and would only fail on the hosts. */
function checkManifest({ path, content }: Manifest): void {
  const broken = new ArtefactError(`the manifest ${path} is not valid ${path.endsWith('.json') ? 'JSON' : 'YAML'}; replace or delete it`);
  try {
    if (path.endsWith('.json')) JSON.parse(content);
    else if (parseAllDocuments(content, { logLevel: 'silent' }).some((document) => document.errors.length > 0)) throw broken;
  } catch {
    throw broken;
  }
}
