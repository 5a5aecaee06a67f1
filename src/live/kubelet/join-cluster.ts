import { randomBytes } from 'node:crypto';
import type { KubernetesApi } from './kubernetes-api';
import { makeRequest, type RequestOptions } from './make-request';

export interface KubeletOptions {
  /** Name of the node. */
  name: string;
  address: string;
  /** Resolves when it is time to look again. */
  awaitNextLook: () => Promise<void>;
  say: (line: string) => void;
}

const bootstrapper = 'system:serviceaccount:openshift-machine-config-operator:node-bootstrapper';
const requests = '/apis/certificates.k8s.io/v1/certificatesigningrequests';
const nodes = '/api/v1/nodes';

/** The conditions a kubelet reports of its node. */
export const readiness = (ready: boolean) => ({ conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] });

/** What a kubelet does on its first start: it asks for its certificates, is a node once it has been admitted, and is ready. Rejects when the API server refuses. */
export async function joinCluster(api: KubernetesApi, { name, address, awaitNextLook, say }: KubeletOptions): Promise<void> {
  const user = `system:node:${name}`;

  async function awaitApproval(kind: 'client' | 'server', username: string, request: RequestOptions): Promise<void> {
    const csr = `csr-${randomBytes(3).toString('hex')}`;
    const signerName = kind === 'client' ? 'kubernetes.io/kube-apiserver-client-kubelet' : 'kubernetes.io/kubelet-serving';
    await api.create(requests, {
      apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', metadata: { name: csr },
      spec: { request: Buffer.from(await makeRequest(request)).toString('base64'), signerName, username, usages: [`${kind} auth`, 'digital signature'] },
    });
    say(`asked for a ${kind} certificate by ${csr}`);
    while (!JSON.stringify((await api.find(`${requests}/${csr}`))?.['status'] ?? {}).includes('"Approved"')) await awaitNextLook();
    say(`${csr} is approved`);
  }

  if ((await api.find(`${nodes}/${name}`)) === undefined) {
    await awaitApproval('client', bootstrapper, { commonName: user });
    const addresses = [{ type: 'InternalIP', address }, { type: 'Hostname', address: name }];
    await api.create(nodes, { apiVersion: 'v1', kind: 'Node', metadata: { name }, status: { addresses, ...readiness(false) } });
    say(`node ${name} at ${address}`);
  }
  await awaitApproval('server', user, { commonName: user, dnsNames: [name], ipAddresses: [address] });
  await api.merge(`${nodes}/${name}`, { status: readiness(true) });
  say(`node ${name} is ready`);
}
