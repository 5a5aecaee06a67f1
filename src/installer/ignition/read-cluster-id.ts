import { parse } from 'yaml';
import type { IgnitionConfig } from '../../domain/ignition/ignition-config';
import { ArtefactError } from '../artefact-error';
import { findIgnitionFileText } from './read-file';

const manifestPath = '/opt/openshift/manifests/cvo-overrides.yaml';
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id that the new cluster gets: that of the ClusterVersion in its bootstrap configuration. Throws ArtefactError when there is none. */
export function readClusterId(bootstrap: IgnitionConfig): string {
  const id = findClusterId(findIgnitionFileText(bootstrap, manifestPath) ?? '');
  if (typeof id === 'string' && uuid.test(id)) return id;
  throw new ArtefactError('the bootstrap ignition names no cluster: its manifest cvo-overrides.yaml has no spec.clusterID');
}

function findClusterId(manifest: string): unknown {
  try {
    return (parse(manifest) as { spec?: { clusterID?: unknown } } | null)?.spec?.clusterID;
  } catch {
    return undefined;
  }
}
