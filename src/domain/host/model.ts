import type { LogsState } from '../logs-state';
import type { HostFacts } from './facts';
import type { HostRole } from './role';
import type { HostStage } from './stage';
import type { HostStatus } from './status';

export const hostKinds = ['Host', 'AddToExistingClusterHost'] as const;
export type HostKind = (typeof hostKinds)[number];

/** A host as the domain sees it: its row, the facts of its agent and its last check-in. */
export interface Host {
  id: string;
  infraEnvId: string;
  clusterId: string;
  kind: HostKind;
  status: HostStatus;
  statusInfo: string;
  statusUpdatedAt: Date;
  role: HostRole;
  bootstrap: boolean;
  requestedHostname: string;
  /** JSON of ValidationsInfo, empty before the first evaluation. */
  validationsInfo: string;
  /** Empty string: no stage was reported. */
  stage: HostStage | '';
  stageInfo: string;
  stageStartedAt: Date | null;
  stageUpdatedAt: Date | null;
  installationDiskId: string;
  installationDiskPath: string;
  machineConfigPoolName: string;
  installerVersion: string;
  /** JSON list of strings, empty when the user gave none. */
  installerArgs: string;
  ignitionConfigOverrides: string;
  discoveryAgentVersion: string;
  logsInfo: LogsState;
  logsStartedAt: Date | null;
  logsCollectedAt: Date | null;
  createdAt: Date;
  checkedInAt: Date | null;
  facts: HostFacts;
}
