import { stringify } from 'yaml';
import type { ArtefactSite, Manifest } from '../artefact-generator';

/** Sends the telemetry of clusters that are only tests elsewhere than that of real ones; nothing where the site names no address. */
export function renderTelemeterRedirect({ telemeterUrl }: ArtefactSite): Manifest[] {
  if (!telemeterUrl) return [];
  const content = stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'cluster-monitoring-config', namespace: 'openshift-monitoring' },
    data: { 'config.yaml': stringify({ telemeterClient: { telemeterServerURL: telemeterUrl } }) },
  });
  return [{ path: 'openshift/redirect-telemeter.yaml', content }];
}
