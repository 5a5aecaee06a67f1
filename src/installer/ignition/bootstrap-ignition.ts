import { parse, stringify } from 'yaml';
import type { Cluster } from '../../domain/cluster/model';
import type { IgnitionConfig, IgnitionFile } from '../../domain/ignition/ignition-config';
import { rootFile } from '../../domain/ignition/root-file';
import type { Manifest } from '../artefact-generator';
import { minorRelease } from '../openshift-version';
import type { ClusterPki, KeyedCertificate } from '../pki/create-pki';

export interface BootstrapParts {
  cluster: Cluster;
  openshiftClusterId: string;
  installConfig: string;
  kubeconfig: string;
  kubeadminHash: string;
  pki: ClusterPki;
  /** Beside the generated ones, in the place of those of the same name. */
  manifests: readonly Manifest[];
}

/** The configuration of the host that brings up the cluster's first control plane: its manifests and authorities. */
export function renderBootstrapIgnition(parts: BootstrapParts): IgnitionConfig {
  const { cluster, pki } = parts;
  const keys = cluster.sshPublicKey.split('\n').map((key) => key.trim()).filter((key) => key !== '');
  return {
    ignition: { version: '3.1.0' },
    passwd: { users: [{ name: 'core', ...(keys.length > 0 ? { sshAuthorizedKeys: keys } : {}) }] },
    storage: {
      files: withManifests(parts.manifests, [
        rootFile('/etc/motd', 0o644, 'This is the bootstrap host of a new cluster; it becomes a control plane node when its work is done.\n'),
        rootFile('/opt/openshift/auth/kubeconfig', 0o600, parts.kubeconfig),
        rootFile('/opt/openshift/manifests/cluster-config.yaml', 0o600, renderClusterConfig(parts)),
        rootFile('/opt/openshift/manifests/cvo-overrides.yaml', 0o644, renderCvoOverrides(parts)),
        rootFile('/opt/openshift/openshift/99_kubeadmin-password-secret.yaml', 0o600, renderKubeadminSecret(parts)),
        ...keyFiles('root-ca', pki.root),
        ...keyFiles('machine-config-server', pki.machineConfigServer),
        ...keyFiles('kube-apiserver-lb-signer', pki.apiAuthority),
        ...keyFiles('kube-apiserver-lb-server', pki.apiServer),
        ...keyFiles('admin-kubeconfig-signer', pki.adminAuthority),
      ]),
    },
  };
}

/** Two files of one path are no valid configuration. Some hold secrets. */
function withManifests(manifests: readonly Manifest[], files: IgnitionFile[]): IgnitionFile[] {
  const own = manifests.map(({ path, content }) => rootFile(`/opt/openshift/${path}`, 0o600, content));
  const taken = new Set(own.map(({ path }) => path));
  return [...files.filter(({ path }) => !taken.has(path)), ...own];
}

/** Names the cluster; the operator of its version takes this id over. */
function renderCvoOverrides({ cluster, openshiftClusterId }: BootstrapParts): string {
  return stringify({
    apiVersion: 'config.openshift.io/v1',
    kind: 'ClusterVersion',
    metadata: { namespace: 'openshift-cluster-version', name: 'version' },
    spec: { channel: `stable-${minorRelease(cluster.openshiftVersion)}`, clusterID: openshiftClusterId },
  });
}

/** Holds the install-config for operators that read it, without the pull secret, which they have no need of. */
function renderClusterConfig({ installConfig }: BootstrapParts): string {
  const withoutSecret = stringify({ ...(parse(installConfig) as object), pullSecret: '' }, { lineWidth: 0 });
  return stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'cluster-config-v1', namespace: 'kube-system' },
    data: { 'install-config': withoutSecret },
  }, { lineWidth: 0 });
}

function renderKubeadminSecret({ kubeadminHash }: BootstrapParts): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'kubeadmin', namespace: 'kube-system' },
    data: { kubeadmin: Buffer.from(kubeadminHash).toString('base64') },
  });
}

function keyFiles(name: string, { certificate, privateKey }: KeyedCertificate): IgnitionFile[] {
  return [rootFile(`/opt/openshift/tls/${name}.crt`, 0o600, certificate), rootFile(`/opt/openshift/tls/${name}.key`, 0o600, privateKey)];
}
