import { stringify } from 'yaml';
import { enabledHosts } from '../../domain/cluster/enabled-hosts';
import type { Cluster, ClusterSnapshot } from '../../domain/cluster/model';
import type { ArtefactInput, ArtefactSite } from '../artefact-generator';
import { applyInstallConfigOverrides } from './apply-overrides';
import { renderNetworking } from './networking';
import { renderPlatform } from './platform';
import { renderProxy } from './proxy';

/** install-config.yaml: everything the generator of ignitions must know of a cluster. Holds the pull secret. */
export function renderInstallConfig({ snapshot, pullSecret }: Pick<ArtefactInput, 'snapshot' | 'pullSecret'>, site: ArtefactSite): string {
  const { cluster } = snapshot;
  const isSingleNode = cluster.highAvailabilityMode === 'None';
  const config = {
    apiVersion: 'v1',
    baseDomain: cluster.baseDnsDomain,
    metadata: { name: cluster.name },
    ...renderProxy(cluster),
    networking: renderNetworking(snapshot),
    compute: [{ name: 'worker', hyperthreading: hyperthreading(cluster, 'workers'), replicas: countRole(snapshot, 'worker') }],
    controlPlane: { name: 'master', hyperthreading: hyperthreading(cluster, 'masters'), replicas: countRole(snapshot, 'master') },
    platform: renderPlatform(snapshot),
    ...(isSingleNode ? { bootstrapInPlace: { installationDisk: findInstallationDisk(snapshot) } } : {}),
    fips: false,
    pullSecret,
    sshKey: cluster.sshPublicKey,
    ...(site.imageContentSources?.length ? { imageContentSources: site.imageContentSources } : {}),
    ...(site.additionalTrustBundle ? { additionalTrustBundle: site.additionalTrustBundle } : {}),
  };
  return stringify(applyInstallConfigOverrides(config, cluster.installConfigOverrides), { lineWidth: 0 });
}

function hyperthreading({ hyperthreading: mode }: Cluster, role: 'masters' | 'workers'): 'Enabled' | 'Disabled' {
  return mode === 'all' || mode === role ? 'Enabled' : 'Disabled';
}

function countRole(snapshot: ClusterSnapshot, role: 'master' | 'worker'): number {
  return enabledHosts(snapshot).filter((host) => host.role === role).length;
}

function findInstallationDisk(snapshot: ClusterSnapshot): string {
  const [host] = enabledHosts(snapshot);
  return host?.installationDiskId || host?.installationDiskPath || '';
}
