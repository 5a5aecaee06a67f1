import { enabledHosts } from '../../domain/cluster/enabled-hosts';
import type { ClusterSnapshot } from '../../domain/cluster/model';
import { rootFile } from '../../domain/ignition/root-file';
import type { Manifest } from '../artefact-generator';
import { renderMachineConfig } from './machine-config';

/** Lets all nodes keep time with the sources that their hosts were in step with: the first of each. None without such sources. */
export function renderChrony(snapshot: ClusterSnapshot): Manifest[] {
  const sources = enabledHosts(snapshot).flatMap((host) => host.facts.ntpSources?.find((source) => source.source_state === 'synced')?.source_name ?? []);
  const servers = [...new Set(sources)].filter((name) => name !== '');
  if (servers.length === 0) return [];
  const files = [rootFile('/etc/chrony.conf', 0o644, renderConfiguration(servers))];
  return (['master', 'worker'] as const).map((role) => ({
    path: `openshift/50-${role}s-chrony-configuration.yaml`,
    content: renderMachineConfig(`50-${role}s-chrony-configuration`, role, { files }),
  }));
}

function renderConfiguration(servers: string[]): string {
  return `${servers.map((server) => `server ${server} iburst\n`).join('')}driftfile /var/lib/chrony/drift
makestep 1.0 3
rtcsync
logdir /var/log/chrony
`;
}
