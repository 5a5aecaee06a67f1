import { decodeSource } from '../../../src/live/ignition/decode-source';
import type { FakeKubernetesOptions } from './fake-kubernetes';

interface IgnitionFiles {
  storage?: { files?: { path: string; contents?: { source?: string } }[] };
}

function readTlsFile(ignition: string, name: string): string {
  const files = (JSON.parse(ignition) as IgnitionFiles).storage?.files ?? [];
  const source = files.find(({ path }) => path === `/opt/openshift/tls/${name}`)?.contents?.source;
  if (source === undefined) throw new Error(`bootstrap.ign has no ${name}`);
  return decodeSource({ source }).toString();
}

/** What the server of machine configurations of a new cluster starts with. */
export function readMachineConfigPki(ignition: string): { certificate: string; key: string } {
  return { certificate: readTlsFile(ignition, 'machine-config-server.crt'), key: readTlsFile(ignition, 'machine-config-server.key') };
}

/** What an API server of a new cluster starts with, from the bootstrap host's ignition: the cluster's own kubeconfig leads in. */
export function readBootstrapPki(ignition: string): Pick<FakeKubernetesOptions, 'certificate' | 'key' | 'clientAuthority'> {
  const read = (name: string): string => readTlsFile(ignition, name);
  return { certificate: read('kube-apiserver-lb-server.crt'), key: read('kube-apiserver-lb-server.key'), clientAuthority: read('admin-kubeconfig-signer.crt') };
}
