import { readSnapshot } from '../src/db/read-snapshot';
import { findPullSecret } from '../src/db/pull-secret';
import { ArtefactError } from '../src/installer/artefact-error';
import type { ActivityDeps } from './deps';
import type { ActivityControl } from './control';
import { failureTypes, permanentFailure } from './failures';

/**
 * Generates and stores the artefacts of an installation. Attempts may overlap, because one that was given up may still write: what is
 * stored is all of the one that was recorded first, and every later one returns that.
 * @returns the id of the new OpenShift cluster
 */
export async function prepareArtefacts(deps: ActivityDeps, request: { clusterId: string }, control: ActivityControl): Promise<{ openshiftClusterId: string }> {
  const loaded = await readSnapshot(deps.db, request.clusterId);
  const sealed = await findPullSecret(deps.db, request.clusterId);
  if (!loaded || loaded.row.deletedAt) throw permanentFailure(failureTypes.artefactsRefused, 'The cluster is not there any more.');
  if (!sealed) throw permanentFailure(failureTypes.artefactsRefused, 'The cluster has no pull secret.');
  try {
    const order = { snapshot: loaded.snapshot, pullSecret: deps.secretBox.open(sealed), now: new Date() };
    return await deps.artefacts.make(order, { signal: control.signal, onProgress: (step) => control.heartbeat(step) });
  } catch (error) {
    throw error instanceof ArtefactError ? permanentFailure(failureTypes.artefactsRefused, error.message) : error;
  }
}
