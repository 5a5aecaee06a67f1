import { randomInt } from 'node:crypto';
import type { Cluster } from '../domain/cluster/model';
import type { IgnitionConfig } from '../domain/ignition/ignition-config';
import { ArtefactError } from './artefact-error';
import type { ArtefactGenerator, ArtefactSite } from './artefact-generator';
import { completeArtefacts } from './complete-artefacts';
import { renderBootstrapIgnition } from './ignition/bootstrap-ignition';
import { renderPointerIgnition } from './ignition/pointer-ignition';
import { renderInstallConfig } from './install-config/render-install-config';
import { createKubeadminPassword } from './kubeadmin-password';
import { renderKubeconfig } from './kubeconfig';
import { createPki } from './pki/create-pki';

/**
 * Makes the artefacts without any program of the vendor: real keys, certificates and valid ignitions, but of the manifests of a
 * cluster only those that name it. Enough for everything up to the first boot from disk; a cluster comes up with openshift-install.
 */
export function createBuiltinGenerator(site: ArtefactSite = {}): ArtefactGenerator {
  return {
    description: 'builtin',
    generate: async (input, { signal } = {}) => {
      const { snapshot, openshiftClusterId, now } = input;
      const { cluster } = snapshot;
      const { name, baseDnsDomain: domain } = cluster;
      if (name === '' || domain === '') throw new ArtefactError('the cluster has no name or base domain');
      const [pki, kubeadmin] = await Promise.all([createPki({ name, domain, now }), createKubeadminPassword()]);
      signal?.throwIfAborted();
      const installConfig = renderInstallConfig(input, site);
      const kubeconfig = renderKubeconfig({ name, domain, pki });
      const bootstrap = renderBootstrapIgnition({ cluster, openshiftClusterId, installConfig, kubeconfig, kubeadminHash: kubeadmin.bcryptHash, pki, manifests: input.manifests ?? [] });
      const metadata = renderMetadata(cluster, openshiftClusterId);
      const roles = roleIgnitions(cluster, pki.root.certificate);
      return completeArtefacts({ installConfig, bootstrap, ...roles, metadata, kubeconfig, kubeadminPassword: kubeadmin.password }, input, site);
    },
  };
}

/** A single node installs itself in place: its roles fetch nothing. */
function roleIgnitions(cluster: Cluster, rootCa: string): Record<'master' | 'worker', IgnitionConfig> {
  const zone = `${cluster.name}.${cluster.baseDnsDomain}`;
  if (cluster.highAvailabilityMode === 'None') return { master: { ignition: { version: '3.1.0' } }, worker: { ignition: { version: '3.1.0' } } };
  return { master: renderPointerIgnition({ role: 'master', zone, rootCa }), worker: renderPointerIgnition({ role: 'worker', zone, rootCa }) };
}

function renderMetadata(cluster: Cluster, clusterID: string): string {
  const suffix = Array.from({ length: 5 }, () => 'bcdfghjklmnpqrstvwxz2456789'[randomInt(27)]).join('');
  const isBareMetal = !cluster.userManagedNetworking && cluster.highAvailabilityMode !== 'None';
  return JSON.stringify({ clusterName: cluster.name, clusterID, infraID: `${cluster.name.slice(0, 27)}-${suffix}`, ...(isBareMetal ? { baremetal: {} } : { none: {} }) });
}
