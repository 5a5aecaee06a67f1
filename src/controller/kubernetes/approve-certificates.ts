import type { V1CertificateSigningRequest } from '@kubernetes/client-node';
import type { KnownHost } from '../../agent/protocol/controller/known-host';
import type { ClusterNode } from '../../agent/protocol/controller/new-cluster';
import { mayApprove } from '../certificates/may-approve';
import { readRequest } from '../certificates/read-request';
import { asked, askedIfThere, KubernetesFailed } from './asked';
import type { KubernetesApis } from './connect';

const isPending = ({ status }: V1CertificateSigningRequest): boolean => (status?.conditions ?? []).length === 0;

async function isWelcome({ spec }: V1CertificateSigningRequest, hosts: readonly KnownHost[], nodes: readonly ClusterNode[]): Promise<boolean> {
  const request = await readRequest(Buffer.from(spec.request, 'base64').toString());
  return request !== undefined && mayApprove({ signerName: spec.signerName, username: spec.username ?? '', usages: spec.usages ?? [] }, request, hosts, nodes);
}

async function approve({ certificates }: KubernetesApis, name: string, body: V1CertificateSigningRequest): Promise<boolean> {
  const now = new Date();
  body.status = {
    ...body.status,
    conditions: [{ type: 'Approved', status: 'True', reason: 'NodeCSRApprove', message: 'This request of a host of the installation was approved by its controller', lastUpdateTime: now, lastTransitionTime: now }],
  };
  try {
    return (await askedIfThere(`approve ${name}`, () => certificates.replaceCertificateSigningRequestApproval({ name, body }))) !== undefined;
  } catch (error) {
    // Somebody else was faster; the next look sees what it has come to.
    if (error instanceof KubernetesFailed && error.code === 409) return false;
    throw error;
  }
}

/**
 * Approves what the kubelets of known hosts ask for, and leaves every other request as it is; the names of what was approved. One that cannot be
 * approved holds up no other: rejects only when nothing could be.
 */
export async function approveCertificates(apis: KubernetesApis, hosts: readonly KnownHost[], nodes: readonly ClusterNode[]): Promise<string[]> {
  const { items } = await asked('list certificate signing requests', () => apis.certificates.listCertificateSigningRequest());
  const approved: string[] = [];
  const failures: unknown[] = [];
  for (const item of items.filter(isPending)) {
    const name = item.metadata?.name;
    if (name === undefined || !(await isWelcome(item, hosts, nodes))) continue;
    try {
      if (await approve(apis, name, item)) approved.push(`${item.spec.username ?? ''} (${name})`);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0 && approved.length === 0) throw failures[0];
  return approved;
}
