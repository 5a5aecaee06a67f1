import type { ClusterSnapshot } from '../cluster/model';
import type { Host } from './model';

/** The row of a host that registers for the first time; its role is decided at installation unless there is only one to have. */
export function createHost({ cluster, infraEnv }: ClusterSnapshot, id: string, discoveryAgentVersion: string, now: Date): Host {
  return {
    id, infraEnvId: infraEnv.id, clusterId: cluster.id,
    kind: cluster.kind === 'AddHostsCluster' ? 'AddToExistingClusterHost' : 'Host',
    status: 'discovering', statusInfo: 'Waiting for the host to send its hardware details', statusUpdatedAt: now,
    role: cluster.highAvailabilityMode === 'None' ? 'master' : 'auto-assign', bootstrap: false, requestedHostname: '', validationsInfo: '',
    stage: '', stageInfo: '', stageStartedAt: null, stageUpdatedAt: null,
    installationDiskId: '', installationDiskPath: '', machineConfigPoolName: '', installerVersion: '', installerArgs: '', ignitionConfigOverrides: '',
    discoveryAgentVersion, logsInfo: '', logsStartedAt: null, logsCollectedAt: null, createdAt: now, checkedInAt: now,
    facts: { disksInfo: {}, imagesStatus: {} },
  };
}
