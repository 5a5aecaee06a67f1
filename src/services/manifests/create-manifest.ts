import { loadCluster } from '../clusters/load-cluster';
import type { ServiceDeps } from '../deps';
import { Invalid } from '../errors';
import { decodeManifest, findManifestProblem, findNameProblem } from './check-manifest';
import { manifestKey, type ManifestName } from './manifest-address';
import { withStore } from './manifest-store';

/**
 * Keeps a manifest for the installation, in the place of one of the same name. `content` is base64.
 * Throws NotFound, and Invalid for what is neither JSON nor YAML.
 */
export async function createManifest(deps: ServiceDeps, clusterId: string, name: ManifestName, content: string): Promise<void> {
  await loadCluster(deps, clusterId);
  const nameProblem = findNameProblem(name.fileName);
  if (nameProblem !== undefined) throw new Invalid(nameProblem);
  const text = decodeManifest(content);
  if (text === undefined) throw new Invalid('The content of the manifest is not text in base64.');
  const problem = findManifestProblem(name.fileName, text);
  if (problem !== undefined) throw new Invalid(problem);
  await withStore(() => deps.store.putObject({ bucket: 'private', key: manifestKey(clusterId, name) }, text));
}
