import type { StepType } from './host/step-type';

/** CPU cores, RAM in MiB, disk in decimal GB, thresholds as the validations use them. */
export interface HardwareRequirements {
  cpuCores: number;
  ramMib: number;
  diskSizeGb: number;
  diskSpeedThresholdMs: number;
  networkLatencyThresholdMs: number;
  packetLossPercentage: number;
}

export interface VersionedRequirements {
  /** Exact stored version, or `default`. */
  version: string;
  master: HardwareRequirements;
  worker: HardwareRequirements;
  sno: HardwareRequirements;
}

/** Durations of the deadline table in milliseconds. */
export interface DeadlineSettings {
  agentSilence: number;
  prepareForInstallation: number;
  hostInstallationStart: number;
  /** By stage; `default` for the rest. */
  stage: Record<string, number>;
  imageExpiration: number;
  inactivity: number;
  inactivityWarnings: number[];
  inactivityPostponed: number;
  permanentDeletion: number;
  logPending: number;
  logCollection: number;
  hostLogPending: number;
  hostLogCollection: number;
  /** How long a host may take to reset itself. */
  reset: number;
  dhcpLease: number;
}

/** Everything of the configuration that decisions depend on. */
export interface DomainSettings {
  requirements: VersionedRequirements[];
  disabledHostValidations: string[];
  deadlines: DeadlineSettings;
  autoReset: boolean;
  checkClusterVersion: boolean;
  /** Of operators whose editions live in different namespaces, the one that clusters get, by name of the operator. */
  operatorNamespaces: { cnv: string };
  /** Of images whose request names none. */
  defaultImageType: 'full-iso' | 'minimal-iso';
  /** Stands for what the configuration puts into every discovery image: an image made under another one is not used again. */
  imageBasis: string;
  /** How the agent reaches this service and what it runs. */
  agent: AgentSettings;
}

export interface AgentSettings {
  serviceBaseUrl: string;
  agentImage: string;
  installerImage: string;
  controllerImage: string;
  skipCertVerification: boolean;
  /** Hosts have the authority of the service's certificate in a file, which the programs on them are told of. */
  hasServiceCa: boolean;
  /** Addresses of the service where it has no name in DNS. */
  serviceIps: readonly string[];
  /** After which the program that installs a host gives up; 0 leaves it to the program. */
  installationTimeoutMinutes: number;
  diskCheckTimeoutSeconds: number;
  supportL2: boolean;
  imagePullTimeoutSeconds: number;
  /** By stored openshift version; `default` for the rest. */
  releaseImages: Record<string, { mco: string; mustGather: string }>;
  /** Steps never sent. */
  disabledSteps: StepType[];
}
