import type { FakeKubernetesOptions } from './fake-kubernetes';

interface IgnitionFiles {
  storage?: { files?: { path: string; contents?: { source?: string } }[] };
}

/** What an API server of a new cluster starts with, from the bootstrap host's ignition: the cluster's own kubeconfig leads in. */
export function readBootstrapPki(ignition: string): Pick<FakeKubernetesOptions, 'certificate' | 'key' | 'clientAuthority'> {
  const files = (JSON.parse(ignition) as IgnitionFiles).storage?.files ?? [];
  const read = (name: string): string => {
    const source = files.find(({ path }) => path === `/opt/openshift/tls/${name}`)?.contents?.source;
    if (source === undefined) throw new Error(`bootstrap.ign has no ${name}`);
    const [head = '', data = ''] = source.split(/,(.*)/s);
    return head.endsWith(';base64') ? Buffer.from(data, 'base64').toString() : decodeURIComponent(data);
  };
  return { certificate: read('kube-apiserver-lb-server.crt'), key: read('kube-apiserver-lb-server.key'), clientAuthority: read('admin-kubeconfig-signer.crt') };
}
