import { once } from 'node:events';
import type { FakeKubernetes } from './fake-kubernetes';
import { makeRequest, type RequestOptions } from '../../../src/live/kubelet/make-request';

export interface KubeletOptions {
  name: string;
  address: string;
}

const bootstrapper = 'system:serviceaccount:openshift-machine-config-operator:node-bootstrapper';
const configServer = { namespace: 'openshift-machine-config-operator', pod: 'machine-config-server-a' };

/** Files a certificate signing request; resolves once it is approved. */
async function awaitApproval(api: FakeKubernetes, kind: 'client' | 'server', username: string, request: RequestOptions): Promise<void> {
  const name = `csr-${kind}-${request.commonName.replaceAll(':', '-')}`;
  const csr = ['certificates.k8s.io/v1', 'CertificateSigningRequest'] as const;
  api.put({
    apiVersion: csr[0], kind: csr[1], metadata: { name },
    spec: {
      request: Buffer.from(await makeRequest(request)).toString('base64'),
      signerName: kind === 'client' ? 'kubernetes.io/kube-apiserver-client-kubelet' : 'kubernetes.io/kubelet-serving',
      username, usages: [`${kind} auth`, 'digital signature'],
    },
  });
  const isApproved = (): boolean => JSON.stringify(api.find(...csr, name)?.['status'] ?? {}).includes('"Approved"');
  while (!isApproved()) await once(api.store.changes, 'change');
}

/** What a machine does after it has restarted from its disk: fetches its ignition, asks for its certificates, is a node, is ready. */
export async function playKubelet(api: FakeKubernetes, { name, address }: KubeletOptions): Promise<void> {
  const node = `system:node:${name}`;
  const put = (ready: 'True' | 'False'): void => void api.put({
    apiVersion: 'v1', kind: 'Node', metadata: { name },
    status: { addresses: [{ type: 'InternalIP', address }, { type: 'Hostname', address: name }], conditions: [{ type: 'Ready', status: ready }] },
  });
  api.put({ apiVersion: 'v1', kind: 'Pod', metadata: { name: configServer.pod, namespace: configServer.namespace, labels: { 'k8s-app': 'machine-config-server' } } });
  api.appendLog(configServer.namespace, configServer.pod, `I0101 00:00:00.000000       1 api.go:109] Pool master requested by address:"${address}:33588" User-Agent:"Ignition/2.9.0"`);
  await awaitApproval(api, 'client', bootstrapper, { commonName: node });
  put('False');
  await awaitApproval(api, 'server', node, { commonName: node, dnsNames: [name], ipAddresses: [address] });
  put('True');
}
