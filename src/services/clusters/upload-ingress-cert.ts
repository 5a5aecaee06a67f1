import type { ClusterSnapshot } from '../../domain/cluster/model';
import type { Store } from '../../store/store';
import { factsChangedSignal } from '../../../workflows/cluster/messages';
import type { AgentServiceDeps } from '../agent-deps';
import { Invalid } from '../errors';
import { recordFacts } from '../facts/record-fact';
import { tellWorkflow } from '../facts/tell-workflow';
import { withLockedCluster } from '../facts/with-cluster';

export interface IngressCertDeps extends AgentServiceDeps {
  store: Pick<Store, 'headObject' | 'readObject' | 'putObject'>;
  /** Puts a CA in front of those of a kubeconfig; throws with a message for the caller when either is not as it must be. */
  mergeIngressCa: (kubeconfig: string, ca: string) => string;
}

/**
 * UploadClusterIngressCert: completes the kubeconfig with the CA of the new cluster's ingress. Idempotent: once the kubeconfig
 * is there, later uploads change nothing. Throws NotFound and Invalid (wrong status, not a PEM certificate).
 */
export async function uploadIngressCert(deps: IngressCertDeps, clusterId: string, certificate: string): Promise<void> {
  // The object store is asked outside the cluster's lock: it may be slow, the workflow must not wait for it.
  const complete = await withLockedCluster(deps, { clusterId }, ({ snapshot }) => Promise.resolve(isComplete(snapshot)));
  if (complete) return;
  const source = { bucket: 'private', key: `${clusterId}/kubeconfig-noingress` } as const;
  if (!(await deps.store.headObject(source))) throw new Invalid('The cluster has no kubeconfig yet.');
  const kubeconfig = await deps.store.readObject(source);
  await deps.store.putObject({ bucket: 'private', key: `${clusterId}/kubeconfig` }, merge(deps, kubeconfig.toString('utf8'), certificate));
  const isToTell = await withLockedCluster(deps, { clusterId }, async ({ tx, snapshot, versions }) => {
    if (isComplete(snapshot)) return false;
    return recordFacts(tx, versions, [{ kind: 'kubeconfigUploaded' }], new Date());
  });
  if (isToTell) tellWorkflow(deps, clusterId, factsChangedSignal, { what: 'the kubeconfig is complete' });
}

/** Whether there is nothing left to upload. Throws Invalid where the cluster's status does not permit an upload. */
function isComplete({ cluster }: ClusterSnapshot): boolean {
  if (cluster.status !== 'finalizing' && cluster.status !== 'installed') {
    throw new Invalid(`The ingress certificate can be uploaded while the cluster is finalizing or installed, not in status ${cluster.status}.`);
  }
  return cluster.kubeconfigUploaded;
}

function merge(deps: IngressCertDeps, kubeconfig: string, certificate: string): string {
  try {
    return deps.mergeIngressCa(kubeconfig, certificate);
  } catch (error) {
    throw new Invalid(error instanceof Error ? error.message : 'The certificate could not be read.');
  }
}
