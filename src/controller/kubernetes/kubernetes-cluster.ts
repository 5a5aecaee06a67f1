import type { KubeConfig } from '@kubernetes/client-node';
import type { NewCluster } from '../../agent/protocol/controller/new-cluster';
import { packFiles } from '../logs/pack-files';
import { applyManifests } from './apply-manifests';
import { approveCertificates } from './approve-certificates';
import { connectKubernetes, redirectKubeConfig } from './connect';
import { findIngressCa } from './find-ingress-ca';
import { freeDnsAddress } from './free-dns-address';
import { gatherState } from './gather-state';
import { readIgnitionLogs } from './read-ignition-logs';
import { readNodes } from './read-nodes';
import { findClusterVersion, findOlmOperator, findOperator } from './read-operators';
import { restoreEtcdQuorum } from './restore-etcd-quorum';
import { settleBareMetalHosts } from './settle-bare-metal-hosts';

export interface KubernetesClusterOptions {
  config: KubeConfig;
  /** The controller runs beside the cluster: what other kubeconfigs call its API is reached where `config` leads. */
  isOutside: boolean;
  /** What the controller has logged. */
  readLog(): string;
}

/** The new cluster by its Kubernetes API. */
export function createKubernetesCluster({ config, isOutside, readLog }: KubernetesClusterOptions): NewCluster {
  const connect = (signal: AbortSignal) => connectKubernetes(config, signal);
  return {
    listNodes: (signal) => readNodes(connect(signal)),
    readIgnitionLogs: (signal) => readIgnitionLogs(connect(signal)),
    approveCertificates: (hosts, nodes, signal) => approveCertificates(connect(signal), hosts, nodes),
    findOperator: (name, signal) => findOperator(connect(signal), name),
    findClusterVersion: (signal) => findClusterVersion(connect(signal)),
    findOlmOperator: (operator, signal) => findOlmOperator(connect(signal), operator),
    findIngressCa: (signal) => findIngressCa(connect(signal)),
    restoreEtcdQuorum: (signal) => restoreEtcdQuorum(connect(signal)),
    settleBareMetalHosts: (signal) => settleBareMetalHosts(connect(signal)),
    freeDnsAddress: (tell, signal) => freeDnsAddress(connect(signal), tell),
    applyManifests: (manifests, kubeconfig, signal) =>
      applyManifests(manifests, kubeconfig, signal, (admin) => {
        if (isOutside) redirectKubeConfig(admin, config);
      }),
    collectLogs: async (complete, signal) => packFiles({ 'assisted-installer-controller.log': readLog(), ...(complete ? await gatherState(connect(signal)) : {}) }),
  };
}
