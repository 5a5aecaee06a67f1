import type { OperatorReport } from '../controller-client';
import type { KnownHost } from './known-host';

/** A node of the new cluster. */
export interface ClusterNode {
  name: string;
  /** Internal addresses, without prefix length. */
  addresses: readonly string[];
  ready: boolean;
}

/** How an operator of the new cluster is. */
export type OperatorState = Pick<OperatorReport, 'status' | 'status_info'>;

/** Where an operator that the user asked for is installed. */
export interface OlmOperator {
  name: string;
  namespace: string;
  subscriptionName: string;
}

/** What has gone wrong: the installation itself, and operators of the user by name. */
export interface Faults {
  cluster: boolean;
  operators: readonly string[];
}

/** What the controller sees of the new cluster and does there. Everything rejects while the cluster's API cannot be reached. */
export interface NewCluster {
  listNodes(signal: AbortSignal): Promise<ClusterNode[]>;
  /** Logs of the servers that hand out machine configurations, newest last: one line for each request. */
  readIgnitionLogs(signal: AbortSignal): Promise<string>;
  /** Approves the pending requests of the kubelets of these hosts, and no others; returns what was approved. */
  approveCertificates(hosts: readonly KnownHost[], nodes: readonly ClusterNode[], signal: AbortSignal): Promise<string[]>;
  /** An operator of the release; undefined while it has not told anything. */
  findOperator(name: string, signal: AbortSignal): Promise<OperatorState | undefined>;
  /** The operator that brings the cluster to its release; undefined while it has not told anything. */
  findClusterVersion(signal: AbortSignal): Promise<OperatorState | undefined>;
  /** An operator of the user; undefined while its installation has not begun. */
  findOlmOperator(operator: OlmOperator, signal: AbortSignal): Promise<OperatorState | undefined>;
  /** PEM of the authority of the ingress; undefined while there is none. */
  findIngressCa(signal: AbortSignal): Promise<string | undefined>;
  /** Takes back that etcd may run with too few members, which clusters older than 4.7 are born with. */
  restoreEtcdQuorum(signal: AbortSignal): Promise<void>;
  /** Gives bare metal hosts the hardware that the installation knows of them; the names of those that had none. */
  settleBareMetalHosts(signal: AbortSignal): Promise<string[]>;
  /** Takes the address of the cluster's name server from a service that has it instead, which is told; true once the name server has it. */
  freeDnsAddress(tell: (what: string) => void, signal: AbortSignal): Promise<boolean>;
  /** Applies the documents of a YAML text with the rights of the given kubeconfig. */
  applyManifests(manifests: string, kubeconfig: string, signal: AbortSignal): Promise<void>;
  /** A gzipped tar archive for those who look for a fault; `complete` asks for the state of the cluster besides the logs. */
  collectLogs(complete: boolean, signal: AbortSignal): Promise<Blob>;
  /**
   * The same with what the vendor's own program collects about these faults, which takes a while: `send` is given the archive, which is gone
   * afterwards. Absent where that program is not at hand.
   */
  mustGather?: (faults: Faults, getKubeconfig: () => Promise<string>, send: (archive: Blob) => Promise<void>, signal: AbortSignal) => Promise<void>;
}
