import type { Host } from '../host/model';
import type { LogsState } from '../logs-state';
import type { ClusterStatus } from './status';

export const clusterKinds = ['Cluster', 'AddHostsCluster'] as const;
export type ClusterKind = (typeof clusterKinds)[number];

export const hyperthreadingModes = ['masters', 'workers', 'none', 'all'] as const;
export type HyperthreadingMode = (typeof hyperthreadingModes)[number];

/** A cluster as the domain sees it. Empty string = not set, unless a field says otherwise. */
export interface Cluster {
  id: string;
  kind: ClusterKind;
  name: string;
  userName: string;
  orgId: string;
  emailDomain: string;
  openshiftVersion: string;
  ocpReleaseImage: string;
  /** null = not given by the user; works as Full. */
  highAvailabilityMode: 'Full' | 'None' | null;
  baseDnsDomain: string;
  clusterNetworkCidr: string;
  clusterNetworkHostPrefix: number;
  serviceNetworkCidr: string;
  machineNetworkCidr: string;
  /** When the machine network was last set; DHCP lease time-out counts from here. */
  machineNetworkCidrUpdatedAt: Date | null;
  apiVip: string;
  ingressVip: string;
  apiVipLease: string;
  ingressVipLease: string;
  apiVipDnsName: string;
  vipDhcpAllocation: boolean;
  userManagedNetworking: boolean;
  additionalNtpSource: string;
  hyperthreading: HyperthreadingMode;
  httpProxy: string;
  httpsProxy: string;
  noProxy: string;
  sshPublicKey: string;
  pullSecretSet: boolean;
  status: ClusterStatus;
  statusInfo: string;
  statusUpdatedAt: Date;
  /** JSON of ValidationsInfo, empty before the first evaluation. */
  validationsInfo: string;
  /** JSON object CIDR → host ids. */
  connectivityMajorityGroups: string;
  /** JSON object key → {name, data}. */
  featureUsage: string;
  installConfigOverrides: string;
  /** Generated while preparing; empty before. */
  openshiftClusterId: string;
  amsSubscriptionId: string;
  /** Outcome of the artefact generation of the current preparation; null while it runs or none was started. */
  preparationResult: 'success' | 'failed' | null;
  /** Reason of a failed preparation. */
  preparationInfo: string;
  installStartedAt: Date | null;
  installCompletedAt: Date | null;
  /** True once `<id>/kubeconfig` is in the private bucket. */
  kubeconfigUploaded: boolean;
  logsInfo: LogsState;
  controllerLogsStartedAt: Date | null;
  controllerLogsCollectedAt: Date | null;
  createdAt: Date;
  /** Last user action or fact change; the 3 weeks of inactivity count from here. */
  activeAt: Date;
  /** When the last time-driven warning (inactivity, DHCP lease) was given; a warning due before it is not repeated. */
  warnedAt: Date | null;
}

/** Discovery image settings and state; under the v1 API one per cluster, with the cluster's id. */
export interface InfraEnv {
  id: string;
  clusterId: string | null;
  sshAuthorizedKey: string;
  imageType: 'full-iso' | 'minimal-iso';
  /** Static network in its stored form, empty when none. */
  staticNetworkConfig: string;
  ignitionConfigOverrides: string;
  imageGenerated: boolean;
  /** Canonical hash of the request the current image was made from. */
  imageHash: string;
  imageSizeBytes: number;
  imageCreatedAt: Date | null;
  imageExpiresAt: Date | null;
}

export interface MonitoredOperator {
  name: string;
  operatorType: 'builtin' | 'olm';
  namespace: string;
  subscriptionName: string;
  properties: string;
  timeoutSeconds: number;
  /** null = never reported. */
  status: 'failed' | 'progressing' | 'available' | null;
  statusInfo: string;
  statusUpdatedAt: Date | null;
}

/** Everything one evaluation looks at, read in one transaction. Hosts are sorted by creation time, then id. */
export interface ClusterSnapshot {
  cluster: Cluster;
  infraEnv: InfraEnv;
  hosts: Host[];
  operators: MonitoredOperator[];
}
