import type { KnownHost } from '../../agent/protocol/controller/known-host';
import type { ClusterNode } from '../../agent/protocol/controller/new-cluster';
import type { RequestedCertificate } from './read-request';

/** Who asks whom for what: the fields of a CertificateSigningRequest that decide, beside the request itself. */
export interface CertificateOrder {
  signerName: string;
  username: string;
  usages: string[];
}

const nodePrefix = 'system:node:';
const bootstrapper = 'system:serviceaccount:openshift-machine-config-operator:node-bootstrapper';
const signers = { client: 'kubernetes.io/kube-apiserver-client-kubelet', server: 'kubernetes.io/kubelet-serving' } as const;
const usagesOf = {
  client: ['client auth', 'digital signature', 'key encipherment'],
  server: ['server auth', 'digital signature', 'key encipherment'],
} as const;

function asksFor(kind: 'client' | 'server', { signerName, usages }: CertificateOrder): boolean {
  const allowed: readonly string[] = usagesOf[kind];
  return signerName === signers[kind] && usages.includes(`${kind} auth`) && usages.every((usage) => allowed.includes(usage));
}

function isOfKubelet({ commonName, organizations, otherNames }: RequestedCertificate): boolean {
  return commonName.startsWith(nodePrefix) && organizations.length === 1 && organizations[0] === 'system:nodes' && otherNames === 0;
}

/**
 * May a request be approved? Two kinds may, for a known host only: the first one of its kubelet, which the bootstrap account asks for
 * while there is no such node yet; and one for its server, which the node asks for itself, with no names but its own. The rules are
 * those of the signers (Kubernetes: certificate signing requests) and of OpenShift's machine approver.
 */
export function mayApprove(order: CertificateOrder, request: RequestedCertificate, hosts: readonly KnownHost[], nodes: readonly ClusterNode[]): boolean {
  if (!isOfKubelet(request)) return false;
  const name = request.commonName.slice(nodePrefix.length);
  const host = hosts.find((candidate) => candidate.name !== '' && candidate.name === name);
  if (!host) return false;
  const node = nodes.find((candidate) => candidate.name === name);
  if (asksFor('client', order)) return order.username === bootstrapper && !node && request.dnsNames.length + request.ipAddresses.length === 0;
  if (!asksFor('server', order) || order.username !== request.commonName || !node) return false;
  const addresses = [...host.addresses, ...node.addresses];
  return request.dnsNames.every((dnsName) => dnsName === name) && request.ipAddresses.every((address) => addresses.includes(address));
}
