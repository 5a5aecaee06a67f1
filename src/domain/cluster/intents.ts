import type { HyperthreadingMode } from './model';
import type { HostRole } from '../host/role';
import type { ResettableValidation } from '../host/reset-validation-facts';

/** Body of a registration after the input rules were checked and defaults filled in; the pull secret is stored apart, encrypted. */
export interface RegisterIntent {
  operation: 'register';
  name: string;
  userName: string;
  orgId: string;
  emailDomain: string;
  openshiftVersion: string;
  ocpReleaseImage: string;
  highAvailabilityMode: 'Full' | 'None' | null;
  baseDnsDomain: string;
  clusterNetworkCidr: string;
  clusterNetworkHostPrefix: number;
  serviceNetworkCidr: string;
  ingressVip: string;
  sshPublicKey: string;
  vipDhcpAllocation: boolean;
  userManagedNetworking: boolean;
  additionalNtpSource: string;
  hyperthreading: HyperthreadingMode;
  httpProxy: string;
  httpsProxy: string;
  noProxy: string;
  olmOperators: { name: string; properties: string }[];
}

/** Only what changes is present. `pullSecretSet` tells that a new encrypted pull secret (or its removal) travels with the intent. */
export interface UpdateClusterIntent {
  operation: 'updateCluster';
  name?: string;
  baseDnsDomain?: string;
  clusterNetworkCidr?: string;
  clusterNetworkHostPrefix?: number;
  serviceNetworkCidr?: string;
  apiVip?: string;
  ingressVip?: string;
  apiVipDnsName?: string;
  machineNetworkCidr?: string;
  pullSecretSet?: boolean;
  sshPublicKey?: string;
  vipDhcpAllocation?: boolean;
  httpProxy?: string;
  httpsProxy?: string;
  noProxy?: string;
  userManagedNetworking?: boolean;
  additionalNtpSource?: string;
  hyperthreading?: HyperthreadingMode;
  olmOperators?: { name: string; properties: string }[];
  hostsRoles?: { id: string; role: HostRole }[];
  hostsNames?: { id: string; hostname: string }[];
  disksSelected?: { id: string; disks: { id: string; role: 'none' | 'install' }[] }[];
  hostsMachineConfigPoolNames?: { id: string; name: string }[];
}

export interface GenerateImageIntent {
  operation: 'generateImage';
  sshPublicKey: string;
  imageType: 'full-iso' | 'minimal-iso';
  /** Stored form, empty when none. */
  staticNetworkConfig: string;
}

export interface PlainIntent {
  operation: 'install' | 'cancel' | 'reset' | 'deregister' | 'installHosts';
}

/** A cluster that was installed elsewhere and is registered only to have hosts added. */
export interface RegisterAddHostsIntent {
  operation: 'registerAddHosts';
  name: string;
  userName: string;
  orgId: string;
  emailDomain: string;
  openshiftVersion: string;
  apiVipDnsName: string;
}

/** What is wanted of one host and needs no more words. */
export interface HostIntent {
  operation: 'deregisterHost' | 'enableHost' | 'disableHost' | 'installHost' | 'resetHost';
  hostId: string;
}

export interface UpdateHostInstallerArgsIntent {
  operation: 'updateHostInstallerArgs';
  hostId: string;
  args: string[];
}

export interface ResetHostValidationIntent {
  operation: 'resetHostValidation';
  hostId: string;
  validationId: ResettableValidation;
}

/** What the user lays over the install-config (JSON); empty takes it away. */
export interface UpdateInstallConfigIntent {
  operation: 'updateInstallConfig';
  overrides: string;
}

/** What the user lays over the ignition of the discovery image; empty takes it away. */
export interface UpdateDiscoveryIgnitionIntent {
  operation: 'updateDiscoveryIgnition';
  config: string;
}

/** What the user lays over the ignition a host is installed with; empty takes it away. */
export interface UpdateHostIgnitionIntent {
  operation: 'updateHostIgnition';
  hostId: string;
  config: string;
}

/** The beginning of a cluster. */
export type RegistrationIntent = RegisterIntent | RegisterAddHostsIntent;

/** What a user wants; stored first, then applied or refused by the cluster's workflow. */
export type ClusterIntent =
  | RegistrationIntent | UpdateClusterIntent | GenerateImageIntent | PlainIntent | HostIntent | UpdateHostInstallerArgsIntent | ResetHostValidationIntent
  | UpdateInstallConfigIntent | UpdateDiscoveryIgnitionIntent | UpdateHostIgnitionIntent;

export function isRegistration(intent: ClusterIntent): intent is RegistrationIntent {
  return intent.operation === 'register' || intent.operation === 'registerAddHosts';
}

/** What a user wants of a cluster that is there. */
export type ChangeIntent = Exclude<ClusterIntent, RegistrationIntent>;
