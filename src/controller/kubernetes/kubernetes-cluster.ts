import { KubeConfig } from '@kubernetes/client-node';
import { join } from 'node:path';
import type { NewCluster } from '../../agent/protocol/controller/new-cluster';
import { packFiles, packWithFile } from '../logs/pack-files';
import { mustGather, type Gathered, type MustGatherOptions } from '../must-gather/must-gather';
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
  /** What it takes to run the vendor's collection; absent without its program. */
  gathering?: MustGatherOptions;
}

/** The new cluster by its Kubernetes API. */
export function createKubernetesCluster({ config, isOutside, readLog, gathering }: KubernetesClusterOptions): NewCluster {
  const connect = (signal: AbortSignal) => connectKubernetes(config, signal);
  const adjust = (admin: KubeConfig): void => {
    if (isOutside) redirectKubeConfig(admin, config);
  };
  const collect = async (complete: boolean, signal: AbortSignal) => ({ 'assisted-installer-controller.log': readLog(), ...(complete ? await gatherState(connect(signal)) : {}) });
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
    applyManifests: (manifests, kubeconfig, signal) => applyManifests(manifests, kubeconfig, signal, adjust),
    collectLogs: async (complete, signal) => packFiles(await collect(complete, signal)),
    ...(gathering && {
      mustGather: (faults, getKubeconfig, send, signal) => {
        const pack = async ({ report, archive }: Gathered): Promise<Blob> => {
          const files = { ...(await collect(true, signal)), 'must-gather.txt': report };
          return archive === undefined ? packFiles(files) : packWithFile(files, { name: 'must-gather.tar.gz', path: archive }, join(gathering.folder, 'logs.tar.gz'));
        };
        const getAdjusted = async (): Promise<string> => adjustKubeConfig(await getKubeconfig(), adjust);
        return mustGather(gathering, faults, getAdjusted, async (gathered) => send(await pack(gathered)), signal);
      },
    }),
  };
}

function adjustKubeConfig(text: string, adjust: (config: KubeConfig) => void): string {
  const config = new KubeConfig();
  config.loadFromString(text);
  adjust(config);
  return config.exportConfig();
}
